# meshline_module(layer/name [SOURCES a.cpp ...] [TESTS a_test.cpp ...] [USES layer/name ...] [LINKS lib ...])
#
# Declares one module: a static library of the folder it is called in, and a test program of its
# TESTS. A module without SOURCES is its headers alone. A module may use only modules of the layers below it, declared before it; what it may not
# use does not configure. The list of who may use whom is the architecture (see ARCHITECTURE.md).
set(MESHLINE_LAYERS_BELOW_base base)
set(MESHLINE_LAYERS_BELOW_core base core)
set(MESHLINE_LAYERS_BELOW_drivers base core)
set(MESHLINE_LAYERS_BELOW_stages base core)
set(MESHLINE_LAYERS_BELOW_operate base core stages operate)
set(MESHLINE_LAYERS_BELOW_surface base core stages operate)

set_property(GLOBAL PROPERTY MESHLINE_MODULES "")

function(meshline_module module)
    cmake_parse_arguments(arg "" "" "SOURCES;TESTS;USES;LINKS;TEST_LINKS;TEST_USES" ${ARGN})
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "module ${module}: unknown argument ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT CMAKE_CURRENT_SOURCE_DIR STREQUAL "${CMAKE_SOURCE_DIR}/src/${module}")
        message(FATAL_ERROR "module ${module} is declared in ${CMAKE_CURRENT_SOURCE_DIR}")
    endif()
    string(REPLACE "/" ";" parts ${module})
    list(GET parts 0 layer)
    if(NOT DEFINED MESHLINE_LAYERS_BELOW_${layer})
        message(FATAL_ERROR "module ${module}: \"${layer}\" is no layer")
    endif()
    string(REPLACE "/" "_" target ${module})

    set(uses "")
    foreach(used IN LISTS arg_USES)
        string(REPLACE "/" ";" used_parts ${used})
        list(GET used_parts 0 used_layer)
        string(REPLACE "/" "_" used_target ${used})
        if(NOT used_layer IN_LIST MESHLINE_LAYERS_BELOW_${layer})
            message(FATAL_ERROR "module ${module} may not use ${used}: "
                "${layer} stands on ${MESHLINE_LAYERS_BELOW_${layer}} only")
        endif()
        if(NOT TARGET ${used_target})
            message(FATAL_ERROR "module ${module} uses ${used}, which is not declared before it")
        endif()
        list(APPEND uses ${used_target})
    endforeach()

    if(arg_SOURCES)
        add_library(${target} STATIC ${arg_SOURCES})
        target_link_libraries(${target} PUBLIC meshline_flags ${uses} ${arg_LINKS})
    else()
        add_library(${target} INTERFACE)
        target_link_libraries(${target} INTERFACE meshline_flags ${uses} ${arg_LINKS})
    endif()

    set_property(GLOBAL APPEND PROPERTY MESHLINE_MODULES ${module})
    set_property(GLOBAL PROPERTY MESHLINE_USES_${module} "${arg_USES}")
    set_property(GLOBAL PROPERTY MESHLINE_TESTS_${module} "${arg_TESTS}")
    set_property(GLOBAL PROPERTY MESHLINE_TEST_USES_${module} "${arg_TEST_USES}")

    if(arg_TESTS)
        # A test may stand on more than its module does: TEST_USES, never counted as the module's.
        string(REPLACE "/" "_" test_uses "${arg_TEST_USES}")
        add_executable(${target}_test ${arg_TESTS})
        target_link_libraries(${target}_test PRIVATE ${target} ${test_uses} ${arg_TEST_LINKS}
            GTest::gtest GTest::gmock GTest::gtest_main)
        target_compile_definitions(${target}_test PRIVATE
            MESHLINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        add_test(NAME ${target} COMMAND ${target}_test)
    endif()
endfunction()

# Writes what each module declares, four lines each, for the include test, which holds it against the
# sources: "module NAME", "uses NAME ...", "tests FILE ...", "test_uses NAME ...".
function(meshline_write_module_list file)
    get_property(modules GLOBAL PROPERTY MESHLINE_MODULES)
    set(lines "")
    foreach(module IN LISTS modules)
        string(APPEND lines "module ${module}\n")
        foreach(list USES TESTS TEST_USES)
            get_property(names GLOBAL PROPERTY MESHLINE_${list}_${module})
            list(JOIN names " " names)
            string(TOLOWER ${list} key)
            string(APPEND lines "${key} ${names}\n")
        endforeach()
    endforeach()
    file(WRITE ${file} "${lines}")
endfunction()
