package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * NumPy's files of one array. Read: versions 1.0 to 3.0, numbers and booleans of either byte order, C and Fortran
 * order. Written: float32 or int32, C order, version 1.0. Source of the format: {@code numpy/lib/format.py}.
 */
public final class Npy {

    /** A header has about a hundred bytes; NumPy itself refuses more than 10,000 characters. */
    static final long LONGEST_HEADER = 10_000;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Magic and version. */
    private static final int PREAMBLE = MAGIC.length + 2;

    private static final int ALIGNMENT = 64;

    private static final Map<String, Dtype> TYPES = Map.ofEntries(
            Map.entry("b1", Dtype.BOOL),
            Map.entry("u1", Dtype.U8),
            Map.entry("u2", Dtype.U16),
            Map.entry("u4", Dtype.U32),
            Map.entry("u8", Dtype.U64),
            Map.entry("i1", Dtype.I8),
            Map.entry("i2", Dtype.I16),
            Map.entry("i4", Dtype.I32),
            Map.entry("i8", Dtype.I64),
            Map.entry("f2", Dtype.F16),
            Map.entry("f4", Dtype.F32),
            Map.entry("f8", Dtype.F64));

    private Npy() {}

    /**
     * Reads the array of a file, converted to float32.
     *
     * @param file on any file system
     * @return a new heap tensor, in C order (the last axis is the innermost) whatever the order in the file
     * @throws NullPointerException if the file is null
     * @throws FormatException      for any file that is not a sound .npy file of numbers, with an {@link NpyProblem}
     */
    public static Tensor read(Path file) throws FormatException {
        Arguments.required(file, "Npy.read", "file", "the path of a file");
        return read(file, DataType.FLOAT32);
    }

    /**
     * Reads the array of a file as whole numbers, for example ids of tokens.
     *
     * @param file on any file system
     * @return a new heap tensor of int32, in C order whatever the order in the file
     * @throws NullPointerException if the file is null
     * @throws FormatException      for any file that is not a sound .npy file of numbers, or holds one that is not whole or does
     *                              not fit 32 bits, with an {@link NpyProblem}
     */
    public static Tensor readInts(Path file) throws FormatException {
        Arguments.required(file, "Npy.readInts", "file", "the path of a file");
        return read(file, DataType.INT32);
    }

    private static Tensor read(Path file, DataType type) throws FormatException {
        try (FileBytes bytes = FileBytes.of(file, NpyProblem.UNREADABLE)) {
            return FileBytes.guard(file, NpyProblem.CHANGED_WHILE_OPEN, () -> read(file, bytes.segment(), type));
        }
    }

    /**
     * What a file says about its array; of its numbers none is read.
     *
     * @param name what messages call it
     * @param in   read as far as its header may go, and left open
     * @return its dtype as NumPy writes it ({@code <f4}), its shape, and where its numbers lie in the file; under the name given
     * @throws NullPointerException if an argument is null
     * @throws FormatException      if its header is not sound, or its numbers are of a type that is not read, with an
     *                              {@link NpyProblem}
     * @throws IOException          if the stream cannot be read
     */
    public static TensorInfo info(String name, InputStream in) throws IOException {
        Arguments.required(name, "Npy.info", "name", "what messages call the stream");
        Arguments.required(in, "Npy.info", "in", "an open stream");
        byte[] start = in.readNBytes(PREAMBLE + Integer.BYTES + (int) LONGEST_HEADER);
        MappedWindow window = new MappedWindow(MemorySegment.ofArray(start));
        long dataBytes = dataBytes(name, start.length, window);
        NpyHeader.Parsed header = header(name, window, (int) dataBytes);
        Dtype dtype = dtype(name, header.descr());
        long bytes = elements(name, header.shape(), dtype) * dtype.bits / Byte.SIZE;
        return new TensorInfo(name, header.descr(), Shape.of(header.shape()), dataBytes, dataBytes + bytes);
    }

    private static NpyHeader.Parsed header(Object file, MappedWindow window, int dataBytes) throws FormatException {
        int textBytes = PREAMBLE + lengthBytes(window);
        byte[] bytes = window.bytes();
        int from = window.at(0, dataBytes);
        String text = new String(bytes, from + textBytes, dataBytes - textBytes, StandardCharsets.ISO_8859_1);
        return NpyHeader.parse(file, text);
    }

    /**
     * Writes a tensor to a file, whole or not at all, see {@link AtomicFile}.
     *
     * @param target what is written or replaced
     * @param tensor its numbers; row padding is left out
     * @throws NullPointerException  if an argument is null
     * @throws ShapeException        if the tensor has more than 64 axes, which NumPy does not allow
     * @throws IllegalStateException if the tensor's memory has been freed
     * @throws IOException           if the disk refuses; the old file is intact
     */
    public static void write(Path target, Tensor tensor) throws IOException {
        Arguments.required(target, "Npy.write", "target", "a file");
        Arguments.required(tensor, "Npy.write", "tensor", "a tensor");
        tensor.requireAlive();
        AtomicFile.write(target, out -> writeTo(out, tensor));
    }

    /**
     * Writes a tensor, as the bytes of an .npy file, into an open channel.
     *
     * @param out    stays open
     * @param tensor its numbers; row padding is left out
     * @throws NullPointerException  if an argument is null
     * @throws ShapeException        if the tensor has more than 64 axes, which NumPy does not allow
     * @throws IllegalStateException if the tensor's memory has been freed
     * @throws IOException           if the channel refuses
     */
    public static void writeTo(WritableByteChannel out, Tensor tensor) throws IOException {
        Arguments.required(out, "Npy.writeTo", "out", "a channel");
        Arguments.required(tensor, "Npy.writeTo", "tensor", "a tensor");
        tensor.requireAlive();
        StringBuilder text = new StringBuilder("{'descr': '")
                .append(tensor.type() == DataType.INT32 ? "<i4" : "<f4")
                .append("', 'fortran_order': False, 'shape': (");
        Shape shape = tensor.shape();
        if (shape.rank() > Safetensors.MOST_AXES) {
            throw new ShapeException("An .npy file has at most " + Safetensors.MOST_AXES + " axes, got "
                    + shape.rank());
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            text.append(axis == 0 ? "" : ", ").append(shape.dim(axis));
        }
        text.append(shape.rank() == 1 ? ",), }" : "), }");
        int textBytes = PREAMBLE + Short.BYTES;
        int padding = (ALIGNMENT - (textBytes + text.length() + 1) % ALIGNMENT) % ALIGNMENT;
        byte[] header = text.append(" ".repeat(padding)).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(textBytes + header.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
        TensorBytes.writeAll(out, bytes.flip());
        new TensorBytes(out).write(tensor);
    }

    /**
     * Of the bytes of an .npy file.
     *
     * @param file for messages
     */
    static Tensor read(Object file, MemorySegment whole, DataType type) throws FormatException {
        MappedWindow window = new MappedWindow(whole);
        long dataBytes = dataBytes(file, whole.byteSize(), window);
        NpyHeader.Parsed header = header(file, window, (int) dataBytes);
        Dtype dtype = dtype(file, header.descr());
        long elements = elements(file, header.shape(), dtype);
        long expected = dataBytes + elements * dtype.bits / Byte.SIZE;
        if (whole.byteSize() != expected) {
            boolean early = whole.byteSize() < expected;
            throw new FormatException(file, early ? NpyProblem.TRUNCATED : NpyProblem.TRAILING_BYTES, "the file "
                    + (early ? "ends early" : "goes on behind its array") + ": its header promises " + expected
                    + " bytes, got " + whole.byteSize() + "; copy it again, one array in one file");
        }
        if (elements > SafetensorsFile.LONGEST_ARRAY) {
            throw new FormatException(file, NpyProblem.TOO_LARGE_FOR_HEAP, "the array has " + elements
                    + " numbers, more"
                    + " than a Java array holds; save it in parts");
        }
        Tensor tensor = type == DataType.INT32
                ? Tensor.ofInts(new int[(int) elements], header.shape())
                : Tensor.zeros(header.shape());
        NpyNumbers numbers = new NpyNumbers(file, window, dtype, header.descr().charAt(0) == '>', tensor);
        if (header.fortranOrder() && header.shape().length > 1) {
            copyFortran(numbers, dataBytes);
        } else {
            numbers.copy(dataBytes, 0, elements);
        }
        return tensor;
    }

    /** Where the numbers begin. */
    private static long dataBytes(Object file, long fileBytes, MappedWindow window) throws FormatException {
        int shortest = PREAMBLE + Short.BYTES;
        if (fileBytes < shortest) {
            throw new FormatException(file, NpyProblem.TOO_SHORT, "is not an .npy file: it must have at least "
                    + shortest + " bytes, got " + fileBytes + " bytes; copy it again");
        }
        ByteBuffer start = ByteBuffer.wrap(window.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        window.at(0, shortest);
        if (!Arrays.equals(window.bytes(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new FormatException(file, NpyProblem.WRONG_MAGIC, "is not an .npy file: it does not begin with"
                    + " \\x93NUMPY; save the array with numpy.save");
        }
        int major = start.get(MAGIC.length) & 0xFF;
        int minor = start.get(MAGIC.length + 1) & 0xFF;
        if (major < 1 || major > 3 || minor != 0) {
            throw new FormatException(file, NpyProblem.UNKNOWN_VERSION, "has .npy version " + major + "." + minor
                    + ", expected 1.0, 2.0 or 3.0; save the array again with numpy.save");
        }
        int textBytes = PREAMBLE + lengthBytes(window);
        if (fileBytes < textBytes) {
            throw new FormatException(
                    file, NpyProblem.HEADER_OUTSIDE_FILE, "the file ends inside its header; copy it again");
        }
        long length = major == 1 ? start.getShort(PREAMBLE) & 0xFFFFL : start.getInt(PREAMBLE) & 0xFFFF_FFFFL;
        if (length > LONGEST_HEADER) {
            throw new FormatException(file, NpyProblem.HEADER_TOO_LARGE, "the header is said to have " + length
                    + " bytes, expected at most " + LONGEST_HEADER + "; save the array again with numpy.save");
        }
        if (textBytes + length > fileBytes) {
            throw new FormatException(file, NpyProblem.HEADER_OUTSIDE_FILE, "the header is said to have " + length
                    + " bytes, but the file has " + fileBytes + " bytes in all; copy it again");
        }
        return textBytes + length;
    }

    /** Version 1.0 spends two bytes on the length of its header, the others four. */
    private static int lengthBytes(MappedWindow window) {
        return window.bytes()[window.at(MAGIC.length, 1)] == 1 ? Short.BYTES : Integer.BYTES;
    }

    private static Dtype dtype(Object file, String descr) throws FormatException {
        if (descr.matches("[<>|=]?O\\d*")) {
            throw new FormatException(file, NpyProblem.OBJECT_ARRAY, "holds Python objects (dtype " + quote(descr)
                    + "), which only Python can read; save it with dtype float32");
        }
        char order = descr.isEmpty() ? ' ' : descr.charAt(0);
        Dtype dtype = descr.length() == 3 ? TYPES.get(descr.substring(1)) : null;
        // '|' says that the order of bytes does not matter: right for one byte, and for nothing else.
        boolean known = dtype != null && (order == '<' || order == '>' || (order == '|' && dtype.bits == Byte.SIZE));
        if (!known) {
            throw new FormatException(file, NpyProblem.UNSUPPORTED_TYPE, "has dtype " + quote(descr)
                    + ", which is not read"
                    + " as numbers; save it with dtype float32");
        }
        return dtype;
    }

    private static long elements(Object file, long[] shape, Dtype dtype) throws FormatException {
        try {
            long elements = 1;
            for (long size : shape) {
                elements = Math.multiplyExact(elements, size);
            }
            // Room for the header too, so that no later sum can overflow.
            Math.addExact(Math.multiplyExact(elements, dtype.bits), 2 * LONGEST_HEADER);
            return elements;
        } catch (ArithmeticException overflow) {
            throw new FormatException(file, NpyProblem.SIZE_OVERFLOW, "the shape " + Shape.of(shape)
                    + " is too large: its"
                    + " size does not fit 63 bits; save the array again");
        }
    }

    /** The file's innermost axis is the first: walks the file and looks up where each number belongs. */
    private static void copyFortran(NpyNumbers numbers, long dataBytes) throws FormatException {
        long[] sizes = numbers.tensor().shape().toArray();
        long[] index = new long[sizes.length];
        long elements = numbers.tensor().shape().elements();
        int step = numbers.dtype().bits / Byte.SIZE;
        for (long done = 0; done < elements; done++) {
            long target = 0;
            for (int axis = 0; axis < sizes.length; axis++) {
                target = target * sizes[axis] + index[axis];
            }
            numbers.copy(dataBytes + done * step, target, 1);
            for (int axis = 0; axis < sizes.length && ++index[axis] == sizes[axis]; axis++) {
                index[axis] = 0;
            }
        }
    }
}
