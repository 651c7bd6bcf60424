#pragma once

#include <string>
#include <vector>

namespace meshline {

/// One revision of an order of the small shop.
struct OrderRevision {
    int id = 0;
    int revision = 0;
    int day = 1;  ///< Of March 2026.
    int cents = 0;

    std::string json() const;
};

/// Writes a workspace with one client, `shop`, whose only source takes such orders as NDJSON; the
/// metric gross_sales sums them, the metric orders counts them.
void write_small_shop(const std::string& folder);

/// Adds the source `stall`, whose orders have no revisions: what comes again with another payload
/// is a conflict.
void write_stall(const std::string& folder);

/// Adds what figures can move by besides new entries: a count of few things that many orders name,
/// and a check that keeps amounts above 500 out of them.
void write_counts_and_quarantine(const std::string& folder);

/// Writes the revisions as a file and returns its path.
std::string write_orders(const std::string& folder, const std::string& name,
                         const std::vector<OrderRevision>& orders);

}  // namespace meshline
