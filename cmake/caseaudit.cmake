# Build rules that every folder shares.
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CASEAUDIT_PLUGIN_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/caseaudit/plugins)
set(CASEAUDIT_SANITIZE "" CACHE STRING "Value for -fsanitize=, for example address,undefined")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # GCC 12 warns of overflows inside the standard library that are none (its bugs 105329, 105651).
  add_compile_options(-O3 -fno-plt $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized> -Wno-restrict
                      -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-Og -g1)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(CASEAUDIT_SANITIZE)
  add_compile_options(-fsanitize=${CASEAUDIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CASEAUDIT_SANITIZE})
endif()
if(CASEAUDIT_SANITIZE MATCHES thread)
  # oneTBB is not instrumented: what the sanitizer cannot see it would report as races. See stand_in.h.
  include_directories(BEFORE ${PROJECT_SOURCE_DIR}/tests/tsan)
endif()

# For what cannot run under them: the sandbox's worker and the plugins that it loads.
function(caseaudit_without_sanitizers target)
  if(CASEAUDIT_SANITIZE)
    target_compile_options(${target} PRIVATE -fno-sanitize=all)
    target_link_options(${target} PRIVATE -fno-sanitize=all)
  endif()
endfunction()

find_program(CASEAUDIT_CCACHE ccache)
if(CASEAUDIT_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CASEAUDIT_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()
find_program(CASEAUDIT_MOLD mold)
if(CASEAUDIT_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# caseaudit_library(extract SOURCES a.cpp b.cpp DEPENDS platform diagnostic LINK HWY::hwy)
# One static library per folder of core/. DEPENDS names the folders it may use; headers are included
# from core/, as "extract/reader.h".
function(caseaudit_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  add_library(caseaudit_${name} STATIC ${arg_SOURCES})
  target_include_directories(caseaudit_${name} PUBLIC ${PROJECT_SOURCE_DIR}/core
                                                      ${PROJECT_SOURCE_DIR}/core/include)
  list(TRANSFORM arg_DEPENDS PREPEND caseaudit_)
  target_link_libraries(caseaudit_${name} PUBLIC ${arg_DEPENDS} ${arg_LINK} Threads::Threads)
  if(TARGET caseaudit_precompiled)
    target_precompile_headers(caseaudit_${name} REUSE_FROM caseaudit_precompiled)
  endif()
endfunction()

# caseaudit_late_library(extract zip zip_archive.cpp)
# The folder extract opens libzip when it is first needed: zip_archive.cpp finds its name in
# CASEAUDIT_ZIP_LIBRARY. See core/platform/late_library.h.
function(caseaudit_late_library folder library source)
  string(TOUPPER ${library} upper)
  find_library(CASEAUDIT_LATE_${upper} ${library} REQUIRED)
  set(file ${CASEAUDIT_LATE_${upper}})
  execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${file} OUTPUT_VARIABLE headers COMMAND_ERROR_IS_FATAL ANY)
  if(NOT headers MATCHES "SONAME +([^ \n]+)")
    message(FATAL_ERROR "${file} names no version of its interface (SONAME)")
  endif()
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS
    CASEAUDIT_${upper}_LIBRARY="${CMAKE_MATCH_1}")
  target_link_libraries(caseaudit_${folder} PUBLIC ${CMAKE_DL_LIBS})
endfunction()

# Tests are built more often than they run: what they test is optimised, they themselves are not much.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CASEAUDIT_TEST_OPTIMISATION -O1)
endif()

# caseaudit_test(calendar SOURCES civil_test.cpp DEPENDS calendar LINK ...)
# One Catch2 program per folder of tests/; every TEST_CASE becomes a ctest test. Tests read files below
# CASEAUDIT_SOURCE_DIR, and run the command CASEAUDIT_COMMAND.
function(caseaudit_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  list(TRANSFORM arg_DEPENDS PREPEND caseaudit_)
  target_link_libraries(test_${name} PRIVATE caseaudit_test_main ${arg_DEPENDS} ${arg_LINK})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  # Relative to where tests run, so that checkouts in different places share what ccache keeps.
  file(RELATIVE_PATH binary ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  target_compile_definitions(test_${name} PRIVATE
    CASEAUDIT_SOURCE_DIR="." CASEAUDIT_BINARY_DIR="${binary}" CASEAUDIT_COMMAND="${binary}/bin/caseaudit"
    CASEAUDIT_PLUGIN_DIR="${binary}/lib/caseaudit/plugins")
  # As the precompiled header was compiled: -fPIC, where a program would get -fPIE.
  set_target_properties(test_${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(test_${name} PRIVATE -fPIC ${CASEAUDIT_TEST_OPTIMISATION})
  target_precompile_headers(test_${name} REUSE_FROM caseaudit_test_main)
  # One ctest test a program: starting it costs more than most of its cases.
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()

# caseaudit_plugin(timeliness timeliness.cpp): a shared library that uses the public SDK and nothing else.
function(caseaudit_plugin name)
  add_library(caseaudit_plugin_${name} MODULE ${ARGN})
  target_include_directories(caseaudit_plugin_${name} PRIVATE ${PROJECT_SOURCE_DIR}/core/include)
  set_target_properties(caseaudit_plugin_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY ${CASEAUDIT_PLUGIN_OUTPUT_DIRECTORY})
  if(NOT CASEAUDIT_SANITIZE)
    target_link_options(caseaudit_plugin_${name} PRIVATE -Wl,-z,defs)
  endif()
  set_property(GLOBAL APPEND PROPERTY caseaudit_plugins caseaudit_plugin_${name})
  install(TARGETS caseaudit_plugin_${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/caseaudit/plugins)
endfunction()
