package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A checked header. Readers and the writer go through the same {@link #read}.
 *
 * @param metadata  sorted by key
 * @param tensors   in the order of their bytes
 * @param dataBytes where the first tensor begins, from the start of the file
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorInfo> tensors, long dataBytes) {

    static final int LENGTH_BYTES = Long.BYTES;

    /** @throws FormatException with the first {@link SafetensorsProblem} in the order of that enum */
    static SafetensorsHeader read(Object file, MemorySegment whole) throws FormatException {
        SafetensorsHeader header = readHeader(file, whole, whole.byteSize());
        // Not a sum of what the header says: a tensor of unknown dtype may end at 2^63-1.
        long got = whole.byteSize() - header.dataBytes;
        long expected = header.spanBytes();
        if (got < expected) {
            throw new FormatException(file, SafetensorsProblem.TRUNCATED, "the file ends early: its header promises "
                    + expected + " bytes of numbers, got " + got + "; copy or download it again");
        }
        if (got > expected) {
            throw new FormatException(file, SafetensorsProblem.TRAILING_BYTES,
                    "the file goes on behind its last tensor:"
                            + " its header promises " + expected + " bytes of numbers, got " + got
                            + "; write it again");
        }
        return header;
    }

    /** What the writer asks of the header it is about to write, whose numbers are not written yet. */
    static SafetensorsHeader validate(Object file, MemorySegment lengthAndHeader) throws FormatException {
        return readHeader(file, lengthAndHeader, lengthAndHeader.byteSize());
    }

    private static SafetensorsHeader readHeader(Object file, MemorySegment whole, long fileBytes)
            throws FormatException {
        if (fileBytes < LENGTH_BYTES) {
            throw new FormatException(file, SafetensorsProblem.TOO_SHORT,
                    "is not a safetensors file: it must begin with"
                            + " 8 bytes of header length, got " + fileBytes + " bytes; copy or download it again");
        }
        MappedWindow window = new MappedWindow(whole);
        int first = window.at(0, LENGTH_BYTES);
        long length = ByteBuffer.wrap(window.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong(first);
        if (length < 0) {
            throw new FormatException(file, SafetensorsProblem.HEADER_LENGTH_OVERFLOW, "is not a safetensors file: its"
                    + " first 8 bytes say that the header has " + Long.toUnsignedString(length) + " bytes; give a"
                    + " .safetensors file");
        }
        if (length > Safetensors.LONGEST_HEADER) {
            throw new FormatException(file, SafetensorsProblem.HEADER_TOO_LARGE, "the header is said to have " + length
                    + " bytes, expected at most " + Safetensors.LONGEST_HEADER + "; is it a safetensors file?");
        }
        if (LENGTH_BYTES + length > fileBytes) {
            throw new FormatException(file, SafetensorsProblem.HEADER_OUTSIDE_FILE, "the header is said to have "
                    + length
                    + " bytes, but the file has " + fileBytes + " bytes in all; copy or download it again");
        }
        MemorySegment text = whole.asSlice(LENGTH_BYTES, length);
        HeaderText.requireUtf8(file, text);
        HeaderParser.Parsed parsed = new HeaderParser(file).parse(text);
        List<TensorInfo> tensors = new ArrayList<>(parsed.tensors());
        if (!isInOrder(tensors)) {
            tensors.sort(SafetensorsHeader::byPlace);
        }
        requireSound(file, tensors);
        return new SafetensorsHeader(parsed.metadata(), List.copyOf(tensors), LENGTH_BYTES + length);
    }

    /** As most files are: then nothing is needed that sorts. */
    private static boolean isInOrder(List<TensorInfo> tensors) {
        for (int i = 1; i < tensors.size(); i++) {
            if (byPlace(tensors.get(i - 1), tensors.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static int byPlace(TensorInfo left, TensorInfo right) {
        int order = Long.compare(left.begin(), right.begin());
        return order != 0 ? order : Long.compare(left.end(), right.end());
    }

    /** Bytes of all tensors. */
    long spanBytes() {
        return tensors.isEmpty() ? 0 : tensors.getLast().end();
    }

    private static void requireSound(Object file, List<TensorInfo> sorted) throws FormatException {
        long previousEnd = 0;
        for (TensorInfo tensor : sorted) {
            if (tensor.begin() != previousEnd) {
                boolean hole = tensor.begin() > previousEnd;
                throw new FormatException(
                        file,
                        hole ? SafetensorsProblem.HOLE : SafetensorsProblem.OVERLAP,
                        who(tensor) + (hole ? " leaves a hole" : " overlaps the one before it")
                                + ": it must begin at byte "
                                + previousEnd + ", got " + tensor.begin() + "; write the file again");
            }
            if (tensor.end() < tensor.begin()) {
                throw new FormatException(file, SafetensorsProblem.END_BEFORE_BEGIN, who(tensor)
                        + " ends before it begins: from"
                        + " byte " + tensor.begin() + " to " + tensor.end() + "; write the file again");
            }
            previousEnd = tensor.end();
            requireSpan(file, tensor);
        }
    }

    private static void requireSpan(Object file, TensorInfo tensor) throws FormatException {
        // Multiplied in order, as the reference does: [2^40, 2^40, 0] is refused although a zero follows.
        long elements = 1;
        for (int axis = 0; axis < tensor.shape().rank(); axis++) {
            elements = product(file, SafetensorsProblem.ELEMENTS_OVERFLOW, tensor, elements,
                    tensor.shape().dim(axis));
        }
        Dtype dtype = Dtype.of(tensor.dtype());
        if (dtype == null) {
            return; // Its size is not known; it lies inside the file, and is refused when it is asked for.
        }
        long bits = product(file, SafetensorsProblem.BITS_OVERFLOW, tensor, elements, dtype.bits);
        if (bits % Byte.SIZE != 0) {
            throw new FormatException(file, SafetensorsProblem.NOT_WHOLE_BYTES, who(tensor) + " of " + dtype + " "
                    + tensor.shape() + " has " + bits + " bits, which are not whole bytes; pad its last axis");
        }
        if (tensor.bytes() != bits / Byte.SIZE) {
            throw new FormatException(file, SafetensorsProblem.SPAN_MISMATCH, who(tensor) + " of " + dtype + " "
                    + tensor.shape()
                    + " needs " + bits / Byte.SIZE + " bytes, got " + tensor.bytes() + "; write the file again");
        }
    }

    private static long product(
            Object file, SafetensorsProblem problem, TensorInfo tensor, long product, long factor)
            throws FormatException {
        try {
            return Math.multiplyExact(product, factor);
        } catch (ArithmeticException overflow) {
            throw new FormatException(file, problem, who(tensor) + " of shape " + tensor.shape()
                    + " is too large: its size does not fit 63"
                    + " bits; write the file again");
        }
    }

    private static String who(TensorInfo tensor) {
        return "tensor " + quote(tensor.name());
    }
}
