# meshline_fuzzer(name SOURCES name_fuzzer.cpp ... USES layer/name ... [LINKS lib ...])
#
# Declares the libFuzzer program <name>_fuzzer and the test fuzz_<name>, a short run of it that is
# always the same: fixed seed, fixed seeds/<name>/* to start from, nothing kept. The modules it uses
# (and theirs) are compiled once more with the fuzzer's and the sanitizers' instrumentation, once
# for all fuzzers.
#
# To look for more than the short run finds, give the program a folder to keep what it learns in:
#   build/dev/tests/fuzz/json_fuzzer -max_total_time=600 /tmp/corpus tests/fuzz/seeds/json
set(MESHLINE_FUZZ_RUNS 20000)
set(MESHLINE_FUZZ_SECONDS 10)
set(MESHLINE_FUZZ_LENGTH 4096)
# A run that takes this many seconds on one input is a failure.
set(MESHLINE_FUZZ_SECONDS_PER_INPUT 10)
set(MESHLINE_FUZZ_INSTRUMENTATION
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1 -g1)

function(meshline_fuzzed_module module result)
    string(REPLACE "/" "_" target ${module})
    set(${result} fuzzed_${target} PARENT_SCOPE)
    if(TARGET fuzzed_${target})
        return()
    endif()
    get_target_property(kind ${target} TYPE)
    set(links "")
    if(kind STREQUAL "INTERFACE_LIBRARY")
        add_library(fuzzed_${target} INTERFACE)
        set(scope INTERFACE)
        get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
    else()
        get_target_property(sources ${target} SOURCES)
        get_target_property(folder ${target} SOURCE_DIR)
        list(TRANSFORM sources PREPEND "${folder}/" REGEX "^[^/]")
        add_library(fuzzed_${target} STATIC ${sources})
        target_compile_options(fuzzed_${target} PRIVATE
            ${MESHLINE_FUZZ_INSTRUMENTATION} -fsanitize=fuzzer-no-link)
        set(scope PUBLIC)
        get_target_property(links ${target} LINK_LIBRARIES)
    endif()
    get_property(uses GLOBAL PROPERTY MESHLINE_USES_${module})
    foreach(used IN LISTS uses)
        meshline_fuzzed_module(${used} fuzzed_use)
        string(REPLACE "/" "_" plain_use ${used})
        list(REMOVE_ITEM links ${plain_use})
        list(APPEND links ${fuzzed_use})
    endforeach()
    target_link_libraries(fuzzed_${target} ${scope} ${links})
endfunction()

function(meshline_fuzzer name)
    cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS" ${ARGN})
    if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES OR NOT arg_USES)
        message(FATAL_ERROR "fuzzer ${name}: SOURCES and USES are needed, and nothing else")
    endif()
    set(modules "")
    foreach(module IN LISTS arg_USES)
        meshline_fuzzed_module(${module} fuzzed)
        list(APPEND modules ${fuzzed})
    endforeach()
    add_executable(${name}_fuzzer ${arg_SOURCES})
    target_compile_options(${name}_fuzzer PRIVATE
        ${MESHLINE_FUZZ_INSTRUMENTATION} -fsanitize=fuzzer-no-link)
    target_link_options(${name}_fuzzer PRIVATE -fsanitize=fuzzer,address,undefined)
    target_link_libraries(${name}_fuzzer PRIVATE meshline_flags ${modules} ${arg_LINKS})

    file(GLOB seeds CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/seeds/${name}/*)
    if(NOT seeds)
        message(FATAL_ERROR "fuzzer ${name}: no files in seeds/${name}")
    endif()
    list(SORT seeds)
    list(JOIN seeds "," seed_list)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}_seeds.txt "${seed_list}")
    add_test(NAME fuzz_${name} COMMAND ${name}_fuzzer
        -seed=1 -runs=${MESHLINE_FUZZ_RUNS} -max_total_time=${MESHLINE_FUZZ_SECONDS}
        -max_len=${MESHLINE_FUZZ_LENGTH} -timeout=${MESHLINE_FUZZ_SECONDS_PER_INPUT}
        -seed_inputs=@${CMAKE_CURRENT_BINARY_DIR}/${name}_seeds.txt
        -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/${name}_ -print_final_stats=1)
    set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz)
endfunction()
