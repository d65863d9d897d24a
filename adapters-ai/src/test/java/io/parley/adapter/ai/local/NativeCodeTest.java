package io.parley.adapter.ai.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On Linux, whose names of libraries the tests use. */
@EnabledOnOs(OS.LINUX)
class NativeCodeTest {
  @TempDir private Path directory;

  @Test
  void both_libraries_are_unpacked_whole() throws IOException {
    Path ready = NativeCode.unpacked(directory, "linux-x64");

    assertThat(ready.resolve(System.mapLibraryName("onnxruntime"))).isNotEmptyFile();
    assertThat(ready.resolve(System.mapLibraryName("onnxruntime4j_jni"))).isNotEmptyFile();
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(ready));
  }

  @Test
  void what_is_there_is_used_again() throws IOException {
    Path ready = NativeCode.unpacked(directory, "linux-x64");
    Path library = ready.resolve(System.mapLibraryName("onnxruntime"));
    Files.setLastModifiedTime(library, FileTime.fromMillis(1));

    assertThat(NativeCode.unpacked(directory, "linux-x64")).isEqualTo(ready);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(FileTime.fromMillis(1));
  }

  @Test
  void what_an_earlier_version_or_a_crash_left_is_removed() throws IOException {
    Path half = Files.createDirectory(directory.resolve("unpacking-1"));
    Files.writeString(half.resolve("half"), "a library");

    NativeCode.unpacked(directory, "linux-x64");

    assertThat(half).doesNotExist();
  }

  @Test
  void a_platform_without_libraries_is_left_to_the_runtime() throws IOException {
    assertThat(NativeCode.unpacked(directory, "linux-abacus")).isNull();
    assertThat(directory).isEmptyDirectory();
  }
}
