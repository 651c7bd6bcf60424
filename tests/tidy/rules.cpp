#include "tidy/rules.hpp"

namespace meshline::tidy {

std::vector<Violation> check_repository(const Repository& repository) {
    std::vector<Violation> found;
    for (const SourceFile& file : repository.files) {
        check_names(file, found);
        check_text(file, found);
        if (file.is_cpp()) {
            check_size(file, found);
            check_function_size(file, found);
            check_includes(repository, file, found);
            check_words(file, found);
            check_errors(file, found);
            check_surface(file, found);
        }
        if (file.is_test()) check_test(file, found);
        if (file.path.ends_with(".sql")) check_sql(file, found);
    }
    check_codes(repository, found);
    check_modules(repository, found);
    return found;
}

}  // namespace meshline::tidy
