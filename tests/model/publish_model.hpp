#pragma once

#include "model/figure_model.hpp"
#include "model/market.hpp"

#include <compare>
#include <map>
#include <optional>
#include <string>

namespace meshline {

/// What is published of the market's metrics, run by run, told as Market::published() does.
class PublishModel {
  public:
    void run(const StandingModel& standing, const Act& act);
    Told published() const;

  private:
    struct Unit {
        ModelFigures figures;
        int version = 0;
        int last_version = 0;
        std::string state;
        /// What it was when it was last verified or restated.
        std::optional<ModelFigures> trusted;
        std::string trusted_state;
    };
    /// "day", "week", "month", "quarter", "year" or "all" and its first day, in days of March 2026.
    struct Key {
        std::string metric;
        std::string grain;
        int first = 0;
        auto operator<=>(const Key&) const = default;
    };
    /// What is known of a unit before its figures are looked at.
    struct Judgement {
        bool is_held = false;
        bool is_open = false;     ///< Nobody knows yet that it came to nothing.
        bool is_no_day = false;   ///< Open, and nothing is said of it.
        bool is_certain = false;  ///< Settled.
    };
    class Run;

    void decide(const Key& key, const ModelFigures& figures, Judgement judgement);
    /// A run over a part of the calendar changes no figure outside of it.
    void decide_outside(const Key& key, const ModelFigures& figures, Judgement judgement);

    std::map<Key, Unit> units_;
};

}  // namespace meshline
