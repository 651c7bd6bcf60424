#include "drivers/files/list_folder.hpp"

#include "drivers/files/file_error.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

namespace fs = std::filesystem;

/// A folder that was met on the way, in the order in which they were met.
struct Folder {
    fs::path path;
    fs::path real;  ///< Without links.
    std::optional<std::size_t> above;
};

bool lies_in(const fs::path& path, const fs::path& folder) {
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

// Messages name the entry; the place says where it lies.

Error entry_error(const std::string& name, int number) {
    return leads_nowhere(number) ? broken_link_error(name) : open_error(name, number);
}

Error no_file_error(const std::string& name) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "files.no_file",
                 .message = fmt::format("\"{}\" is neither a file nor a folder", name),
                 .hint = "Put a file in its place, or remove it."};
}

Error loop_error(const std::string& name) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "files.link_loop",
                 .message = fmt::format("\"{}\" is a link to a folder that it lies in", name),
                 .hint = "Remove the link: what it shows is read without it."};
}

class Walk {
  public:
    Walk(const std::vector<std::string>& left_out, std::size_t entries_max)
        : left_out_(left_out), entries_max_(entries_max) {}

    Result<FileList> list(const fs::path& root) {
        std::error_code failure;
        folders_.push_back({root, fs::canonical(root, failure), std::nullopt});
        if (failure) return open_error(root.string(), failure.value());
        for (std::size_t folder = 0; folder < folders_.size(); ++folder) {
            MESHLINE_TRY(look_into(folder));
        }
        std::ranges::sort(list_.files);
        return std::move(list_);
    }

  private:
    Result<void> look_into(std::size_t folder) {
        std::error_code failure;
        const fs::path path = folders_[folder].path;
        fs::directory_iterator entry(path, failure);
        for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
            if (++entry_count_ > entries_max_) return too_many();
            if (!is_left_out(folder, entry->path().filename().string())) meet(folder, *entry);
        }
        if (!failure) return {};
        // Of what was asked for nothing else can be told.
        if (folder == 0) return open_error(path.string(), failure.value());
        report(entry_error(path.filename().string(), failure.value()), path);
        return {};
    }

    bool is_left_out(std::size_t folder, const std::string& name) const {
        return name.starts_with('.') ||
               (folder == 0 && std::ranges::find(left_out_, name) != left_out_.end());
    }

    void meet(std::size_t folder, const fs::directory_entry& entry) {
        std::error_code failure;
        const fs::file_status status = entry.status(failure);
        if (fs::is_regular_file(status)) {
            list_.files.push_back(entry.path().string());
        } else if (fs::is_directory(status)) {
            enter(folder, entry);
        } else {
            const std::string name = entry.path().filename().string();
            report(fs::exists(status) ? no_file_error(name) : entry_error(name, failure.value()),
                   entry.path());
        }
    }

    /// A way through the folders that never ends comes through a link to where it was before.
    void enter(std::size_t folder, const fs::directory_entry& entry) {
        const std::string name = entry.path().filename().string();
        fs::path real = folders_[folder].real / name;
        std::error_code failure;
        if (entry.is_symlink(failure)) {
            real = fs::canonical(entry.path(), failure);
            if (failure) return report(entry_error(name, failure.value()), entry.path());
            if (is_above(folder, real)) return report(loop_error(name), entry.path());
        }
        folders_.push_back({entry.path(), std::move(real), folder});
    }

    bool is_above(std::optional<std::size_t> folder, const fs::path& real) const {
        for (; folder; folder = folders_[*folder].above) {
            if (lies_in(folders_[*folder].real, real)) return true;
        }
        return false;
    }

    void report(Error problem, const fs::path& path) {
        list_.problems.push_back(std::move(problem).at({.file = path.string()}));
    }

    Error too_many() const {
        return Error{.kind = ErrorKind::exhausted,
                     .code = "files.too_many",
                     .message = fmt::format("more than {} files below \"{}\"", entries_max_,
                                            folders_.front().path.string()),
                     .hint =
                         "Name a folder with fewer files, or remove links that show the same"
                         " folders again."};
    }

    const std::vector<std::string>& left_out_;
    const std::size_t entries_max_;
    std::vector<Folder> folders_;
    FileList list_;
    std::size_t entry_count_ = 0;
};

}  // namespace

Result<FileList> list_folder(const std::string& path, const std::vector<std::string>& left_out,
                             std::size_t entries_max) {
    return Walk(left_out, entries_max).list(path);
}

}  // namespace meshline
