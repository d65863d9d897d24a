package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.Tool;
import io.parley.domain.port.ai.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The calls of tools in an answer, while they arrive. */
public final class CallDrafts {
  private static final int MOST = 64;
  private static final int LONGEST_ID = 256;

  private final Vendor vendor;
  private final List<Draft> drafts = new ArrayList<>();

  CallDrafts(Vendor vendor) {
    this.vendor = vendor;
  }

  boolean isEmpty() {
    return drafts.isEmpty();
  }

  /**
   * A call begins.
   *
   * @throws PortFailure {@code CORRUPT_DATA} when there are too many
   */
  public Draft begin() {
    if (drafts.size() == MOST) {
      throw corrupt(" asked for more tools at once than an answer may.");
    }
    Draft draft = new Draft();
    drafts.add(draft);
    return draft;
  }

  /**
   * The calls as they are passed on.
   *
   * @param ids makes one where there is none, or one that another call has
   * @throws PortFailure {@code CORRUPT_DATA} when one of them cannot be
   */
  List<ToolCall> calls(List<Tool> offered, Supplier<String> ids) {
    Set<String> names = offered.stream().map(Tool::name).collect(Collectors.toSet());
    Set<String> taken = new HashSet<>();
    List<ToolCall> calls = new ArrayList<>();
    for (Draft draft : drafts) {
      String id = draft.id;
      while (id.isBlank() || id.length() > LONGEST_ID || !taken.add(id)) {
        id = ids.get();
      }
      calls.add(call(draft, id, names));
    }
    return calls;
  }

  private ToolCall call(Draft draft, String id, Set<String> names) {
    if (!names.contains(draft.name)) {
      throw corrupt(" asked for a tool that it was not offered.");
    }
    if (!JsonText.isObject(draft.arguments())) {
      throw corrupt(" called a tool with arguments that are no JSON object.");
    }
    return new ToolCall(
        id, draft.name, draft.arguments(), draft.signature.isEmpty() ? null : draft.signature);
  }

  private PortFailure corrupt(String what) {
    return Refusals.failure(vendor, Kind.CORRUPT_DATA, vendor.name() + what + " Ask again.");
  }

  /** One call, while it arrives. */
  public final class Draft {
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
    private String signature = "";

    private Draft() {}

    /** Empty as long as none came. */
    public String id() {
      return id;
    }

    /** Empty as long as none came. */
    public String name() {
      return name;
    }

    /** Said again, it stays as it was. */
    public void identify(String itsId, String itsName) {
      id = id.isEmpty() ? itsId : id;
      name = name.isEmpty() ? itsName : name;
    }

    /**
     * More of the arguments' JSON.
     *
     * @throws PortFailure {@code CORRUPT_DATA} when they are too long
     */
    public void append(String piece) {
      arguments.append(piece);
      if (arguments.length() > ToolCall.LONGEST_ARGUMENTS) {
        throw corrupt(" called a tool with arguments without end.");
      }
    }

    /** What the vendor wants back. */
    public void sign(String itsSignature) {
      if (itsSignature.length() > ToolCall.LONGEST_SIGNATURE) {
        throw corrupt(" signed a call without end.");
      }
      signature = itsSignature;
    }

    /** Whether the arguments are a JSON object by now. */
    public boolean isWhole() {
      return JsonText.isObject(arguments.toString());
    }

    /** Where there is nothing to say, many servers say nothing. */
    private String arguments() {
      return arguments.toString().isBlank() ? "{}" : arguments.toString();
    }
  }
}
