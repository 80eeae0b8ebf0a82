package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.json.JsonText;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects metadata and tensors, and writes them as float32, whole numbers as int32, in the reference writer's canonical order: all have the
 * same alignment here, so by name. The same content gives the same bytes, in whatever order it was added.
 */
public final class SafetensorsWriter {

    /** The one key of a header that is not a tensor. */
    static final String METADATA = "__metadata__";

    private static final int ALIGNMENT = 8;

    private static final HeaderCheck ANY = (metadata, tensors) -> {};

    private final Map<String, String> metadata = new TreeMap<>(HeaderText.UTF8_ORDER);
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String name, Shape shape, DataType type, TensorSource source) {}

    /** A file without metadata and tensors. */
    public SafetensorsWriter() {}

    /**
     * Adds one piece of metadata; an earlier value of the same key is replaced.
     *
     * @param key   any text
     * @param value any text
     * @return this
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if one of them holds half of a surrogate pair, which UTF-8 cannot say
     */
    public SafetensorsWriter metadata(String key, String value) {
        Arguments.required(key, "SafetensorsWriter.metadata", "key", "a name");
        Arguments.required(value, "SafetensorsWriter.metadata", "value", "a text");
        metadata.put(requireWritable(key), requireWritable(value));
        return this;
    }

    /**
     * Adds several pieces of metadata; earlier values of the same keys are replaced.
     *
     * @param values texts by key
     * @return this
     * @throws NullPointerException     if the map, a key or a value is null
     * @throws IllegalArgumentException if a text holds half of a surrogate pair, which UTF-8 cannot say
     */
    public SafetensorsWriter metadata(Map<String, String> values) {
        Arguments.all(values, "SafetensorsWriter.metadata", "values", "keys and values");
        values.forEach(this::metadata);
        return this;
    }

    /**
     * Adds a tensor. It is not copied: what is written are the numbers it holds when the file is written.
     *
     * @param name   unique in the file
     * @param tensor its numbers; row padding is left out
     * @return this
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if the name is {@code __metadata__} or holds half of a surrogate pair
     * @throws IllegalStateException    if the tensor's memory has been freed
     */
    public SafetensorsWriter tensor(String name, Tensor tensor) {
        Arguments.required(name, "SafetensorsWriter.tensor", "name", "a name");
        Arguments.required(tensor, "SafetensorsWriter.tensor", "tensor", "a tensor");
        tensor.requireAlive();
        return tensor(name, tensor.shape(), tensor.type(), () -> tensor);
    }

    /**
     * Adds a tensor that is asked for when its turn to be written has come.
     *
     * @param name   unique in the file
     * @param shape  a size on every axis
     * @param source gives a tensor of that shape, once for each file written
     * @return this
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if the name is {@code __metadata__} or holds half of a surrogate pair
     * @throws ShapeException           if a size is unknown
     */
    public SafetensorsWriter tensor(String name, Shape shape, TensorSource source) {
        Arguments.required(name, "SafetensorsWriter.tensor", "name", "a name");
        Arguments.required(shape, "SafetensorsWriter.tensor", "shape", "for example Shape.of(2, 3)");
        Arguments.required(source, "SafetensorsWriter.tensor", "source", "what gives the numbers");
        return tensor(name, shape, DataType.FLOAT32, source);
    }

    private SafetensorsWriter tensor(String name, Shape shape, DataType type, TensorSource source) {
        if (name.equals(METADATA)) {
            throw new IllegalArgumentException("A tensor cannot be named " + METADATA + "; give it another name");
        }
        requireWritable(name);
        shape.requireKnown("Tensor " + quote(name) + " is written with a size on every axis: give one");
        entries.add(new Entry(name, shape, type, source));
        return this;
    }

    /**
     * Writes the file whole or not at all, see {@link AtomicFile}. What was added stays: the writer can write again.
     *
     * @param target what is written or replaced
     * @throws FormatException       if two tensors have one name, or the header is too large or has too many entries;
     *                               before anything is written
     * @throws ShapeException        if a source gives another shape than was declared; the old file is intact
     * @throws IllegalStateException if a tensor's memory has been freed; the old file is intact
     * @throws IOException           if the disk or a source refuses; the old file is intact
     */
    public void write(Path target) throws IOException {
        write(target, ANY);
    }

    /**
     * Writes as {@link #write(Path)} does, if the reader that the file is meant for has nothing against its header.
     *
     * @param target what is written or replaced
     * @param check  looks at the header before anything is written; what it throws is thrown on
     * @throws ShapeException        if a source gives another shape than was declared; the old file is intact
     * @throws IllegalStateException if a tensor's memory has been freed; the old file is intact
     * @throws IOException           if the header cannot be written, or the check, a source or the disk refuses; the old
     *                               file is intact
     */
    public void write(Path target, HeaderCheck check) throws IOException {
        Arguments.required(target, "SafetensorsWriter.write", "target", "a file");
        Arguments.required(check, "SafetensorsWriter.write", "check", "what looks at the header");
        AtomicFile.write(target, checked(target, check)::write);
    }

    /**
     * Writes the same bytes into an open channel.
     *
     * @param out stays open
     * @throws ShapeException        if a source gives another shape than was declared
     * @throws IllegalStateException if a tensor's memory has been freed
     * @throws IOException           if the header cannot be written (then nothing is), or a source or the channel refuses
     */
    public void writeTo(WritableByteChannel out) throws IOException {
        writeTo(out, ANY);
    }

    /**
     * Writes as {@link #writeTo(WritableByteChannel)} does, if the reader that the file is meant for has nothing against its
     * header.
     *
     * @param out   stays open
     * @param check looks at the header before anything is written; what it throws is thrown on
     * @throws ShapeException        if a source gives another shape than was declared
     * @throws IllegalStateException if a tensor's memory has been freed
     * @throws IOException           if the header cannot be written or the check refuses (then nothing is written), or a
     *                               source or the channel refuses
     */
    public void writeTo(WritableByteChannel out, HeaderCheck check) throws IOException {
        Arguments.required(out, "SafetensorsWriter.writeTo", "out", "a channel");
        Arguments.required(check, "SafetensorsWriter.writeTo", "check", "what looks at the header");
        checked("the stream", check).write(out);
    }

    /** What will be written, once nobody has anything against its header. */
    private Content checked(Object target, HeaderCheck check) throws IOException {
        List<Entry> sorted = entries.stream()
                .sorted(Comparator.comparing(Entry::name, HeaderText.UTF8_ORDER))
                .toList();
        return new Content(header(target, sorted, check), sorted);
    }

    private record Content(ByteBuffer header, List<Entry> sorted) {

        void write(WritableByteChannel out) throws IOException {
            TensorBytes.writeAll(out, header);
            TensorBytes numbers = new TensorBytes(out);
            for (Entry entry : sorted) {
                Tensor tensor = entry.source.tensor();
                Arguments.required(tensor, "TensorSource.tensor", "tensor " + quote(entry.name),
                        "a tensor of shape " + entry.shape);
                if (!tensor.shape().equals(entry.shape)) {
                    throw new ShapeException("Tensor " + quote(entry.name) + " was declared with shape " + entry.shape
                            + ", but its source gave " + tensor.shape());
                }
                tensor.requireType(entry.type, "Tensor " + quote(entry.name));
                numbers.write(tensor);
            }
        }
    }

    /** Length and header, checked by the reader's own rules. */
    private ByteBuffer header(Object target, List<Entry> sorted, HeaderCheck check) throws IOException {
        StringBuilder text = new StringBuilder("{");
        String comma = "";
        if (!metadata.isEmpty()) {
            appendMetadata(target, text);
            comma = ",";
        }
        long begin = 0;
        for (Entry entry : sorted) {
            long end = begin + entry.shape.floatBytes();
            if (end < begin) {
                throw new FormatException(target, SafetensorsProblem.BITS_OVERFLOW,
                        "all tensors together do not fit 63"
                                + " bits; write fewer");
            }
            appendEntry(text.append(comma), entry, begin, end);
            requireRoom(target, text.length());
            begin = end;
            comma = ",";
        }
        byte[] json = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
        requireRoom(target, json.length);
        byte[] bytes = new byte[Math.ceilDiv(SafetensorsHeader.LENGTH_BYTES + json.length, ALIGNMENT) * ALIGNMENT];
        Arrays.fill(bytes, (byte) ' ');
        System.arraycopy(json, 0, bytes, SafetensorsHeader.LENGTH_BYTES, json.length);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, bytes.length - SafetensorsHeader.LENGTH_BYTES);
        SafetensorsHeader read = SafetensorsHeader.validate(target, MemorySegment.ofArray(bytes));
        check.check(read.metadata(), read.tensors());
        return header;
    }

    private void appendMetadata(Object target, StringBuilder text) throws FormatException {
        JsonText.append(text, METADATA);
        String before = ":{";
        for (Map.Entry<String, String> value : metadata.entrySet()) {
            requireRoom(target, text.length() + (long) value.getKey().length() + value.getValue().length());
            JsonText.append(text.append(before), value.getKey());
            JsonText.append(text.append(':'), value.getValue());
            before = ",";
        }
        requireRoom(target, text.append('}').length());
    }

    /** Stops a header that no reader would take, before it fills the heap. */
    private static void requireRoom(Object target, long size) throws FormatException {
        if (size > Safetensors.LONGEST_HEADER) {
            throw new FormatException(target, SafetensorsProblem.HEADER_TOO_LARGE,
                    "names and metadata would need more than the " + Safetensors.LONGEST_HEADER
                            + " bytes that a header may have; keep large text in a file of its own");
        }
    }

    private static void appendEntry(StringBuilder text, Entry entry, long begin, long end) {
        JsonText.append(text, entry.name);
        text.append(":{\"dtype\":\"").append((entry.type == DataType.INT32 ? Dtype.I32 : Dtype.F32).name())
                .append("\",\"shape\":[");
        for (int axis = 0; axis < entry.shape.rank(); axis++) {
            text.append(axis == 0 ? "" : ",").append(entry.shape.dim(axis));
        }
        text.append("],\"data_offsets\":[").append(begin).append(',').append(end).append("]}");
    }

    private static String requireWritable(String text) {
        if (!HeaderText.isWellFormed(text)) {
            throw new IllegalArgumentException("Half of a surrogate pair cannot be written as UTF-8: " + quote(text));
        }
        return text;
    }
}
