# Every library that Meshline links, in one place. All are Debian packages but DuckDB.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(idn2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)

find_library(CCTZ_LIBRARY cctz REQUIRED)
find_path(CCTZ_INCLUDE cctz/time_zone.h REQUIRED)
add_library(cctz::cctz INTERFACE IMPORTED)
target_link_libraries(cctz::cctz INTERFACE ${CCTZ_LIBRARY})
target_include_directories(cctz::cctz INTERFACE ${CCTZ_INCLUDE})

find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
add_library(rapidcheck::rapidcheck INTERFACE IMPORTED)
target_link_libraries(rapidcheck::rapidcheck INTERFACE ${RAPIDCHECK_LIBRARY})

# DuckDB: an installed one where CMake finds it (DUCKDB_ROOT helps, of the environment or by -D),
# else the pinned one that scripts/bootstrap fetched and checked.
include(${CMAKE_SOURCE_DIR}/cmake/duckdb_version.cmake)
set(pinned_duckdb ${CMAKE_SOURCE_DIR}/.deps/duckdb-${MESHLINE_DUCKDB_VERSION})
# A build folder remembers what it found, also the release that was pinned before.
foreach(found DUCKDB_INCLUDE DUCKDB_LIBRARY)
    string(FIND "${${found}}/" ${CMAKE_SOURCE_DIR}/.deps/ is_fetched)
    string(FIND "${${found}}/" ${pinned_duckdb}/ is_pinned)
    if(is_fetched EQUAL 0 AND NOT is_pinned EQUAL 0)
        unset(${found} CACHE)
    endif()
endforeach()
find_path(DUCKDB_INCLUDE duckdb.h HINTS ${DUCKDB_ROOT} ENV DUCKDB_ROOT PATH_SUFFIXES include
    PATHS ${pinned_duckdb})
find_library(DUCKDB_LIBRARY duckdb HINTS ${DUCKDB_ROOT} ENV DUCKDB_ROOT PATH_SUFFIXES lib
    PATHS ${pinned_duckdb})
if(NOT DUCKDB_INCLUDE OR NOT DUCKDB_LIBRARY)
    message(FATAL_ERROR "DuckDB ${MESHLINE_DUCKDB_VERSION} is missing: run scripts/bootstrap, "
        "or name an installed one with -DDUCKDB_ROOT=DIR")
endif()
add_library(duckdb::duckdb SHARED IMPORTED)
set_target_properties(duckdb::duckdb PROPERTIES
    IMPORTED_LOCATION ${DUCKDB_LIBRARY}
    IMPORTED_NO_SONAME ON
    INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE})
