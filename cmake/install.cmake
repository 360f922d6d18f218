# What is installed, and how others find it: find_package(caseaudit) gives caseaudit::sdk, the headers that a
# plugin needs, and caseaudit_add_plugin(). The command finds plugins and rules relative to itself, so that the
# whole tree may be moved.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/caseaudit)

add_library(caseaudit_sdk INTERFACE)
add_library(caseaudit::sdk ALIAS caseaudit_sdk)
set_target_properties(caseaudit_sdk PROPERTIES EXPORT_NAME sdk)
target_compile_features(caseaudit_sdk INTERFACE cxx_std_20)
target_include_directories(caseaudit_sdk INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/core/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

install(TARGETS caseaudit_sdk EXPORT caseaudit_targets)
install(EXPORT caseaudit_targets FILE caseaudit-targets.cmake NAMESPACE caseaudit:: DESTINATION ${package_folder})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/caseaudit-config.cmake.in
  ${PROJECT_BINARY_DIR}/caseaudit-config.cmake INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
# Headers and the C contract: nothing in them depends on the machine that this was built on.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/caseaudit-config-version.cmake
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/caseaudit-config.cmake ${PROJECT_BINARY_DIR}/caseaudit-config-version.cmake
  DESTINATION ${package_folder})

install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/include/caseaudit DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/rules DESTINATION ${CMAKE_INSTALL_DATADIR}/caseaudit
  FILES_MATCHING PATTERN *.yaml PATTERN *.md)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/templates DESTINATION ${CMAKE_INSTALL_DATADIR}/caseaudit)
if(TARGET caseaudit)
  install(TARGETS caseaudit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
# The bundled plugins say where they go themselves: see caseaudit_plugin().

# All that is installed, without the tests: for those who install and do not change it.
get_property(plugins GLOBAL PROPERTY caseaudit_plugins)
add_custom_target(installed DEPENDS caseaudit caseaudit_worker ${plugins})
