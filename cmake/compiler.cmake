# Flags that every target shares. What a warning can say, a reviewer need not.
add_library(meshline_flags INTERFACE)
target_compile_options(meshline_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wimplicit-fallthrough -Werror
    # The packs and schemas are embedded with #embed, which clang 19 knows as an extension.
    -Wno-c23-extensions
    # Options structs are made to be named in part.
    -Wno-missing-designated-field-initializers)
target_include_directories(meshline_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)

add_link_options(-fuse-ld=lld-19)

# Debug information costs more build time and disk than it gives in the shipped build.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

if(MESHLINE_HARDENED)
    target_compile_definitions(meshline_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(MESHLINE_SANITIZE)
    target_compile_options(meshline_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1)
    add_link_options(-fsanitize=address,undefined)
endif()

find_program(MESHLINE_CCACHE ccache)
if(MESHLINE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${MESHLINE_CCACHE})
endif()
