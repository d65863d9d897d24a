package io.parley.adapter.web.openapi;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/** The description of the interface, and Swagger UI over it, all from this server. */
@Hidden
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DocsController {
  private static final String DESCRIPTION = "META-INF/swagger/parley.json";
  private static final String UI = "META-INF/resources/webjars/swagger-ui/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  private static final Map<String, String> FILES =
      Map.of(
          "swagger-ui.css", "text/css",
          "index.css", "text/css",
          "swagger-ui-bundle.js", "text/javascript",
          "favicon-32x32.png", "image/png");
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <title>Parley API</title>
        <link rel="stylesheet" href="/docs/swagger-ui.css">
        <link rel="stylesheet" href="/docs/index.css">
        <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
      </head>
      <body>
        <div id="swagger-ui"></div>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/start.js"></script>
      </body>
      </html>
      """;
  private static final String START =
      """
      window.ui = SwaggerUIBundle({
        url: "/openapi.json",
        dom_id: "#swagger-ui",
        deepLinking: true,
        validatorUrl: null
      });
      """;

  private final String version;

  DocsController() {
    this.version = version();
  }

  @Get("/openapi.json")
  HttpResponse<byte[]> description() {
    return HttpResponse.ok(resource(DESCRIPTION)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Get("/docs")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> page() {
    return answer(PAGE.getBytes(StandardCharsets.UTF_8), "text/html");
  }

  @Get("/docs/{file}")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> file(String file) {
    if (file.equals("start.js")) {
      return answer(START.getBytes(StandardCharsets.UTF_8), "text/javascript");
    }
    String type = FILES.get(file);
    if (type == null) {
      throw Problem.of(ProblemKind.NOT_FOUND, "There is no such file. Open /docs.").asException();
    }
    return answer(resource(UI + version + "/" + file), type);
  }

  private static HttpResponse<byte[]> answer(byte[] bytes, String type) {
    String charset = type.startsWith("text/") ? "; charset=utf-8" : "";
    return HttpResponse.ok(bytes)
        .contentType(type + charset)
        .header("Content-Security-Policy", POLICY)
        .header("X-Frame-Options", "DENY");
  }

  private static byte[] resource(String path) {
    try (InputStream stream = DocsController.class.getClassLoader().getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("The program lacks " + path);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try {
      properties.load(
          new ByteArrayInputStream(
              resource("META-INF/maven/org.webjars/swagger-ui/pom.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.valueOf(properties.getProperty("version"));
  }
}
