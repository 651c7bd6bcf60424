#pragma once

#include "base/merkle/merkle.hpp"
#include "core/control/control_store.hpp"
#include "support/shell.hpp"
#include "support/temporary_folder.hpp"

#include <memory>
#include <string>
#include <vector>

namespace meshline::test {

/// The folder that a version left, unpacked anew, with the program of now to work on it.
class OldFolder {
  public:
    explicit OldFolder(std::string version);

    /// What the version printed: "figures.txt".
    std::string said(const std::string& name) const;
    std::string path(const std::string& name) const { return folder_ / name; }
    void remove(const std::string& name) const;

    /// Runs the program of now on the workspace and the data of then.
    ShellResult run(const std::string& words) const;
    /// The same, which must go well; what it prints.
    std::string print(const std::string& words) const;

    /// What the program of now says, in the form of the files.
    std::string figures() const;
    std::string exceptions() const;

    /// The control store, as this program opens it; no command may run meanwhile.
    std::unique_ptr<ControlStore> control() const;

  private:
    std::string kept(const std::string& name) const;

    std::string version_;
    TemporaryFolder folder_;
};

/// Root of the first `count` leaves.
Digest root_of(const std::vector<std::string>& leaves, std::size_t count);

}  // namespace meshline::test
