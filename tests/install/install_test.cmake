# Run by ctest: see CMakeLists.txt. Stops with the output of the first step that fails.
set(work ${BINARY_FOLDER}/install_test)
set(prefix ${work}/prefix)
file(REMOVE_RECURSE ${work})

function(run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${what} failed (${status}):\n${output}")
  endif()
  message(STATUS "${what}")
  set(output "${output}" PARENT_SCOPE)
endfunction()

# build_out_of_tree(NAME SOURCES): configures and builds a project that finds the installed package.
function(build_out_of_tree name source)
  run("configure ${name}" ${CMAKE_COMMAND} -S ${source} -B ${work}/${name} -G ${GENERATOR}
      -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_C_COMPILER=${C_COMPILER} -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
      -DCMAKE_BUILD_TYPE=Release -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
  run("build ${name}" ${CMAKE_COMMAND} --build ${work}/${name})
endfunction()

function(expect_file path)
  if(NOT EXISTS ${prefix}/${path})
    message(FATAL_ERROR "not installed: ${path}")
  endif()
endfunction()

run("install" ${CMAKE_COMMAND} --install ${BINARY_FOLDER} --prefix ${prefix})
foreach(plugin assertion completeness uniqueness validity consistency timeliness)
  expect_file(${LIBRARY_FOLDER}/caseaudit/plugins/${plugin}.so)
  run("load ${plugin}" ${LOAD_PLUGIN} ${prefix}/${LIBRARY_FOLDER}/caseaudit/plugins/${plugin}.so)
endforeach()
expect_file(include/caseaudit/plugin.h)
expect_file(include/caseaudit/sdk.hpp)
expect_file(share/caseaudit/rules/calendars/england-and-wales.yaml)

build_out_of_tree(authority ${SOURCE_FOLDER}/examples/authority-plugin)
run("load the authority's plugin" ${LOAD_PLUGIN} ${work}/authority/authority.so authority.raised-again)
build_out_of_tree(c_consumer ${SOURCE_FOLDER}/tests/install/c_consumer)
run("load the plugin in C" ${LOAD_PLUGIN} ${work}/c_consumer/plain.so plain.all-fail)
build_out_of_tree(headers ${SOURCE_FOLDER}/tests/install/headers)

# What the installed command makes builds, and passes its own tests, as its README says.
set(command ${prefix}/bin/caseaudit)
run("new plugin" ${command} new plugin north-shire --into ${work})
build_out_of_tree(new_plugin ${work}/north-shire)
run("test the new plugin" ${CMAKE_CTEST_COMMAND} --test-dir ${work}/new_plugin --output-on-failure --no-tests=error)
if(NOT output MATCHES "100% tests passed, 0 tests failed out of 4")
  message(FATAL_ERROR "unexpected: ${output}")
endif()
file(READ ${work}/new_plugin/findings.json findings)
string(JSON message GET "${findings}" findings 0 message)
if(NOT message STREQUAL "Raised on 20 February 2024, 20 days after it was raised before.")
  message(FATAL_ERROR "unexpected findings: ${findings}")
endif()
# The guide's tutorial prints what the guide says.
run("play the tutorial" ${PYTHON} ${SOURCE_FOLDER}/tests/install/tutorial.py ${SOURCE_FOLDER}/docs/plugins.md
    ${SOURCE_FOLDER}/examples/authority-plugin ${prefix} ${work})
run("new pack" ${command} new pack south-shire --into ${work})
run("lint the new pack" ${command} lint ${work}/south-shire)
run("test the new pack" ${command} test ${work}/south-shire)

# The tree may be moved, and the command in it finds its parts.
file(RENAME ${prefix} ${work}/moved)
set(command ${work}/moved/bin/caseaudit)
set(with_plugin ${SOURCE_FOLDER}/examples/authority-plugin/pack --plugin ${work}/authority/authority.so)
run("lint the authority's pack" ${command} lint ${with_plugin})
run("test the authority's pack" ${command} test ${with_plugin})
run("audit with the authority's plugin" ${command} run --pack ${with_plugin}
    --input ${SOURCE_FOLDER}/examples/authority-plugin/extract --as-at 2024-12-31 --fail-on never --output ${work}/findings.json)
file(READ ${work}/findings.json findings)
string(JSON found LENGTH "${findings}" findings)
string(JSON message GET "${findings}" findings 0 message)
string(JSON row GET "${findings}" findings 0 records 0 row)
# The record that the check judged by, through the sandbox.
string(JSON context GET "${findings}" findings 0 records 1 role)
string(JSON judged_by GET "${findings}" findings 0 records 1 row)
if(NOT "${found} ${row} ${context} ${judged_by} ${message}"
   STREQUAL "1 3 context 1 Raised on 20 February 2024, 20 days after it was raised before.")
  message(FATAL_ERROR "unexpected findings: ${findings}")
endif()

# A plugin exports its table and nothing of its own besides.
run("symbols" nm -D --defined-only ${work}/authority/authority.so)
string(REGEX MATCHALL " [TDBR] [^\n]+" exported "${output}")
if(NOT exported STREQUAL " T caseaudit_plugin_v1")
  message(FATAL_ERROR "the plugin exports${exported}")
endif()
