# A thin face over the CMake presets; `make help` lists the targets.
BUILD := build/release
RUN_BOOTSTRAP := scripts/bootstrap

.PHONY: help build demo test test-asan test-damage test-faults test-mutants bench lint format clean

help:
	@printf '%s\n' \
	  'make demo         install what is missing, build, run the demo' \
	  'make test         install what is missing, build, run every test' \
	  'make bench        measure, beside the floors of the same run' \
	  'make lint         formatting and style rules' \
	  'make format       format the C++ sources' \
	  'make test-asan    every test under the sanitizers' \
	  'make test-damage  every stored byte damaged, one at a time' \
	  'make test-faults  every call that writes failing, one at a time' \
	  'make test-mutants every slip of tests/mutants, one at a time: a test must fail' \
	  'make build        build/release/meshline alone'

build:
	@$(RUN_BOOTSTRAP)
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build --preset release --target meshline

demo: build
	@$(BUILD)/meshline demo --into build/demo

test:
	@$(RUN_BOOTSTRAP)
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build --preset release
	@ctest --preset release -j2

# Tests that count allocations replace new and delete, so what the system's libraries allocated may be
# freed by ours.
test-asan:
	@$(RUN_BOOTSTRAP)
	@[ -f build/asan/build.ninja ] || cmake --preset asan
	@cmake --build --preset asan
	@ASAN_OPTIONS=alloc_dealloc_mismatch=0 ctest --preset asan -j2

# make test damages a sample of the bytes.
test-damage:
	@$(RUN_BOOTSTRAP)
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build --preset release --target damage_test folder_damage_test
	@$(BUILD)/tests/damage/damage_test complete
	@$(BUILD)/tests/damage/folder_damage_test complete

# make test fails some 300 of the calls.
test-faults:
	@$(RUN_BOOTSTRAP)
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build --preset release --target faults_test
	@$(BUILD)/tests/faults/faults_test complete

# make test asks whether the slips can still be made.
test-mutants:
	@$(RUN_BOOTSTRAP)
	@scripts/test_mutants

bench:
	@$(RUN_BOOTSTRAP) bench
	@[ -f $(BUILD)/build.ninja ] || cmake --preset release
	@cmake --build --preset release --target meshline meshline_bench
	@$(BUILD)/bench/meshline_bench

lint:
	@$(RUN_BOOTSTRAP)
	@scripts/lint

format:
	@$(RUN_BOOTSTRAP)
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 -i

clean:
	rm -rf build
