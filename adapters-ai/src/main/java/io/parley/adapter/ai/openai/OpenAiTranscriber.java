package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.Answer;
import io.parley.adapter.ai.remote.AudioUpload;
import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.ModelEndpoint;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Recording;
import io.parley.domain.port.ai.Transcriber;
import io.parley.domain.port.ai.Transcription;
import io.parley.domain.port.ai.Transcription.TooLarge;
import io.parley.domain.port.ai.Transcription.Unusable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A transcription model of OpenAI, or of a server that speaks its protocol. */
public final class OpenAiTranscriber implements Transcriber {

  /** OpenAI takes 26,214,400 bytes a request, and the request is more than its file. */
  private static final long LARGEST = 25_000_000;

  private static final String PATH = "/audio/transcriptions";
  private static final String UNHEARD =
      "The recording cannot be heard: it is damaged, too short, or not what its type says. Record it"
          + " again as webm, ogg, m4a, mp3 or wav.";
  private static final String EMPTY = "The recording is empty. Record it again.";

  /** What a refusal names when it is not about the recording. */
  private static final Set<String> SETTINGS = Set.of("model", "response_format", "language");

  private final OpenAiVendor vendor;
  private final ModelEndpoint endpoint;
  private final String model;

  private OpenAiTranscriber(OpenAiVendor vendor, ModelEndpoint endpoint, String model) {
    this.vendor = vendor;
    this.endpoint = endpoint;
    this.model = model;
  }

  /** A transcriber that connects when it is first used. */
  public static OpenAiTranscriber open(OpenAiTranscriberConfig config) {
    OpenAiAccess access = config.access();
    OpenAiVendor vendor = new OpenAiVendor(access, "OPENAI_TRANSCRIPTION_MODEL");
    ModelEndpoint endpoint =
        new ModelEndpoint(vendor, access.baseUrl(), access.headers(), config.limits());
    return new OpenAiTranscriber(vendor, endpoint, config.model());
  }

  @Override
  public long largest() {
    return LARGEST;
  }

  @Override
  public Transcription transcribe(Recording recording) {
    if (recording.size() > LARGEST) {
      return new TooLarge(LARGEST);
    }
    if (recording.size() == 0) {
      return new Unusable(EMPTY);
    }
    Answer answer = send(recording);
    return switch (answer.status()) {
      case 413 -> new TooLarge(LARGEST);
      case 400, 415, 422 -> unheard(answer);
      default -> new TranscriptionReply(vendor).read(answer.body());
    };
  }

  private Answer send(Recording recording) {
    try (AudioUpload upload = new AudioUpload(recording, fields(recording))) {
      try {
        return endpoint.post(PATH, upload, OpenAiTranscriber::mayBeOfTheRecording);
      } catch (PortFailure failure) {
        upload.requireSound();
        throw failure;
      }
    }
  }

  /** Only Whisper says what it heard beside the text; newer models refuse to be asked. */
  private Map<String, String> fields(Recording recording) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("model", model);
    boolean whisper = model.toLowerCase(Locale.ROOT).contains("whisper");
    fields.put("response_format", whisper ? "verbose_json" : "json");
    if (recording.language() != null) {
      fields.put("language", recording.language());
    }
    return fields;
  }

  private static boolean mayBeOfTheRecording(int status) {
    return status == 400 || status == 413 || status == 415 || status == 422;
  }

  private Unusable unheard(Answer answer) {
    if (SETTINGS.contains(JsonText.text(JsonText.object(answer.json(), "error"), "param"))) {
      throw answer.refusal(vendor);
    }
    return new Unusable(UNHEARD);
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
