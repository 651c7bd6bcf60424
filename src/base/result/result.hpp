#pragma once

#include "base/result/check.hpp"
#include "base/result/error.hpp"

#include <type_traits>
#include <utility>
#include <variant>

namespace meshline {

/// A value, or the Error that refused it. `Result<void>` carries success alone. Looking at the side
/// that is not there is a broken promise.
template <class T>
class [[nodiscard]] Result {
  public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    Result()
        requires std::is_void_v<T>
        : held_(std::in_place_index<0>) {}
    template <class U = Value>
        requires(!std::is_void_v<T> && std::is_constructible_v<Value, U &&> &&
                 !std::is_same_v<std::remove_cvref_t<U>, Error> &&
                 !std::is_same_v<std::remove_cvref_t<U>, Result>)
    Result(U&& value) : held_(std::in_place_index<0>, std::forward<U>(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }

    Value& value() & {
        MESHLINE_CHECK(ok());
        return *std::get_if<0>(&held_);
    }
    const Value& value() const& {
        MESHLINE_CHECK(ok());
        return *std::get_if<0>(&held_);
    }
    Value&& value() && {
        MESHLINE_CHECK(ok());
        return std::move(*std::get_if<0>(&held_));
    }
    Value* operator->() { return &value(); }
    const Value* operator->() const { return &value(); }
    Value& operator*() & { return value(); }
    const Value& operator*() const& { return value(); }
    Value&& operator*() && { return std::move(*this).value(); }

    const Error& error() const& {
        MESHLINE_CHECK(!ok());
        return *std::get_if<1>(&held_);
    }
    Error&& error() && {
        MESHLINE_CHECK(!ok());
        return std::move(*std::get_if<1>(&held_));
    }

  private:
    std::variant<Value, Error> held_;
};

}  // namespace meshline

#define MESHLINE_JOIN_INNER(a, b) a##b
#define MESHLINE_JOIN(a, b) MESHLINE_JOIN_INNER(a, b)

/// Returns from the enclosing function with the error of a Result<void>, if it has one.
#define MESHLINE_TRY(expression)                                            \
    do {                                                                    \
        auto meshline_tried = (expression);                                 \
        if (!meshline_tried.ok()) return std::move(meshline_tried).error(); \
    } while (false)

/// Declares `declaration` from the value of a Result, or returns its error from the function:
///   MESHLINE_ASSIGN(const auto zone, Zone::open(name));
#define MESHLINE_ASSIGN(declaration, expression) \
    MESHLINE_ASSIGN_INNER(MESHLINE_JOIN(meshline_result_, __LINE__), declaration, expression)
#define MESHLINE_ASSIGN_INNER(temporary, declaration, expression) \
    auto temporary = (expression);                                \
    if (!temporary.ok()) return std::move(temporary).error();     \
    declaration = std::move(temporary).value()
