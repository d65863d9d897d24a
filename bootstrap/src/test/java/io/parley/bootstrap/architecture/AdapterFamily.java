package io.parley.bootstrap.architecture;

import java.util.List;
import java.util.Locale;

/** The adapter families, and what each may use beside Java, the domain and the application. */
enum AdapterFamily {
  PERSISTENCE(
      "javax.crypto..",
      "javax.sql..",
      "jakarta.annotation..",
      "jakarta.inject..",
      "io.micronaut.aop..",
      "io.micronaut.configuration.jdbc..",
      "io.micronaut.context..",
      "io.micronaut.core..",
      "io.micronaut.data..",
      "io.micronaut.inject..",
      "io.micronaut.jdbc..",
      "io.micronaut.runtime..",
      "io.micronaut.transaction..",
      "com.fasterxml.jackson..",
      "com.zaxxer.hikari..",
      "io.zonky.test.db.postgres..",
      "org.apache.commons.compress..",
      "org.flywaydb..",
      "org.postgresql.."),
  VECTORSTORE(
      "javax.sql..",
      "com.google.common.util.concurrent..",
      "com.google.protobuf..",
      "io.grpc..",
      "io.pinecone..",
      "io.qdrant..",
      "okhttp3..",
      "org.apache.lucene..",
      "org.openapitools.db_control.."),
  STORAGE(
      "javax.crypto..",
      "javax.net.ssl..",
      "javax.xml.stream..",
      "com.fasterxml.jackson.core..",
      "com.github.benmanes.caffeine..",
      "io.github.bucket4j..",
      "io.lettuce.core..",
      "io.netty.resolver..",
      "io.netty.util.concurrent..",
      "software.amazon.awssdk.."),
  AI(
      "javax.xml..",
      "org.w3c.dom..",
      "org.xml.sax..",
      "com.fasterxml.jackson.core..",
      "ai.onnxruntime..",
      "com.rtfparserkit..",
      "de.siegmar.fastcsv..",
      "dev.langchain4j..",
      "org.apache.fontbox..",
      "org.apache.james.mime4j..",
      "org.apache.pdfbox..",
      "org.apache.poi..",
      "org.apache.tika..",
      "org.commonmark..",
      "org.jsoup.."),
  WEB(
      "com.fasterxml.jackson.annotation..",
      "com.fasterxml.jackson.core..",
      "com.github.benmanes.caffeine..",
      "jakarta.annotation..",
      "jakarta.inject..",
      "jakarta.validation..",
      "com.fasterxml.jackson..",
      "com.nimbusds..",
      "io.micronaut.aop..",
      "io.micronaut.buffer..",
      "io.micronaut.context..",
      "io.micronaut.core..",
      "io.micronaut.http..",
      "io.micronaut.inject..",
      "io.micronaut.json..",
      "io.micronaut.openapi..",
      "io.micronaut.runtime..",
      "io.micronaut.scheduling..",
      "io.micronaut.security..",
      "io.micronaut.serde..",
      "io.micronaut.validation..",
      "io.micronaut.web..",
      "io.netty..",
      "io.swagger.v3.oas.annotations..",
      "org.apache.commons.fileupload2..",
      "org.bouncycastle.crypto..",
      "org.reactivestreams..",
      "reactor.core..");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> vendors;

  AdapterFamily(String... vendors) {
    this.vendors = List.of(vendors);
  }

  List<String> vendors() {
    return vendors;
  }

  String packageName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
