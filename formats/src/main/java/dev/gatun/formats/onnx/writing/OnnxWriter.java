package dev.gatun.formats.onnx.writing;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.own.OwnEntries;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes models as ONNX: each layer as the operators that compute it, recurrent ones as LSTM, GRU and RNN where these can say
 * what the layer does, otherwise as a loop over its steps. Batch and time are dynamic. Equal models give equal bytes.
 */
public final class OnnxWriter implements ModelWriter {

    /** Protobuf counts the bytes of a message in 32 bits. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;
    /** Of one char of Java in UTF-8. */
    private static final int MOST_OF_CHARACTER = 3;

    /** Called by {@link java.util.ServiceLoader}; to save models, use {@link Model#save}. */
    public OnnxWriter() {}

    @Override
    public String name() {
        return "ONNX";
    }

    @Override
    public List<String> endings() {
        return List.of(".onnx");
    }

    @Override
    public void save(Model model, Path path) throws IOException {
        Arguments.required(model, "OnnxWriter.save", "model", "an open model");
        Arguments.required(path, "OnnxWriter.save", "path", "a file");
        ModelProto message = message(model, path.toString());
        AtomicFile.writeStream(path, message::writeTo);
    }

    @Override
    public void save(Model model, OutputStream out) throws IOException {
        Arguments.required(model, "OnnxWriter.save", "model", "an open model");
        Arguments.required(out, "OnnxWriter.save", "out", "a stream");
        message(model, "the stream").writeTo(out);
        out.flush();
    }

    @Override
    public List<String> leavesOut(Model model) {
        Arguments.required(model, "OnnxWriter.leavesOut", "model", "an open model");
        return model.trainingState().isEmpty()
                ? List.of()
                : List.of("the state of its training, so that it begins anew: ONNX files hold none");
    }

    private static ModelProto message(Model model, String file) throws FormatException {
        requireFits(file, Math.multiplyExact(model.parameterCount(), (long) Float.BYTES));
        Map<String, String> own;
        OnnxMessages messages;
        try {
            own = OwnEntries.of(model);
            messages = new OnnxMessages(OnnxExport.of(model.graph(), name -> model.weight(name).get()));
        } catch (IllegalArgumentException unwritable) {
            throw new FormatException(file, "the model cannot be written: " + FormatException.reason(unwritable))
                    .because(unwritable);
        }
        Map<String, String> metadata = OwnEntries.without(OnnxAxes.without(model.metadata()));
        metadata.putAll(own);
        long texts = metadata.values().stream().mapToLong(text -> (long) MOST_OF_CHARACTER * text.length()).sum();
        requireFits(file, messages.bytes() + texts);
        return messages.model(metadata);
    }

    /**
     * Refuses what no message of protobuf holds.
     *
     * @param file  for the message
     * @param bytes that the model takes at most
     * @throws FormatException if they are too many
     */
    public static void requireFits(String file, long bytes) throws FormatException {
        if (bytes > MOST_BYTES) {
            throw new FormatException(file, "the model cannot be written: it takes " + bytes
                    + " bytes, and an ONNX file holds at most " + MOST_BYTES + "; save it as .gatun");
        }
    }
}
