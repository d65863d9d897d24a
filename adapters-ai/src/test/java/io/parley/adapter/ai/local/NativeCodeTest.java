package io.parley.adapter.ai.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On Linux, whose names of libraries the tests use. */
@EnabledOnOs(OS.LINUX)
class NativeCodeTest {
  @TempDir private Path directory;

  private Path unpacked() throws IOException {
    return NativeCode.unpack(directory, NativeCode.name("linux-x64"), "linux-x64");
  }

  @Test
  void both_libraries_are_unpacked_whole() throws IOException {
    Path ready = unpacked();

    assertThat(ready.resolve(System.mapLibraryName("onnxruntime"))).isNotEmptyFile();
    assertThat(ready.resolve(System.mapLibraryName("onnxruntime4j_jni"))).isNotEmptyFile();
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(ready));
  }

  @Test
  void what_an_earlier_version_or_a_crash_left_is_removed() throws IOException {
    Path half = Files.createDirectory(directory.resolve("unpacking"));
    Files.writeString(half.resolve("half"), "a library");
    Path old = Files.createDirectory(directory.resolve("onnxruntime-0"));

    unpacked();

    assertThat(half).doesNotExist();
    assertThat(old).doesNotExist();
  }

  @Test
  void what_a_link_points_to_stays(@TempDir Path elsewhere) throws IOException {
    Path kept = Files.writeString(elsewhere.resolve("kept"), "of somebody else");
    Files.createSymbolicLink(directory.resolve("onnxruntime-0"), elsewhere);

    Path ready = unpacked();

    assertThat(kept).exists();
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(ready));
  }

  @Test
  void libraries_that_may_not_be_run_are_passed_over(@TempDir Path own) throws IOException {
    Path barred = unpacked();
    String name = barred.getFileName().toString();
    List<Path> directories = List.of(directory, own);
    assertThat(NativeCode.find(directories, name)).isEqualTo(barred);

    barred.resolve(System.mapLibraryName("onnxruntime")).toFile().setExecutable(false, false);

    assertThat(NativeCode.find(directories, name)).isEqualTo(own.resolve(name));
    assertThat(NativeCode.find(List.of(directory), name)).isNull();
  }

  @Test
  void a_platform_without_libraries_is_left_to_the_runtime() throws IOException {
    assertThat(NativeCode.name("linux-abacus")).isNull();
  }
}
