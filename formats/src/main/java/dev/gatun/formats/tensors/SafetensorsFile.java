package dev.gatun.formats.tensors;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.memory.check.Arguments;
import dev.gatun.formats.FormatException;
import dev.gatun.memory.FloatSource;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An open, checked safetensors file. Its numbers stay in the mapping until they are asked for; what is handed out is
 * always a copy, so it outlives the file. Safe for several threads.
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The longest array that HotSpot allocates. */
    static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final FileBytes bytes;
    private final SafetensorsHeader header;
    private final Map<String, TensorInfo> byName = new LinkedHashMap<>();

    SafetensorsFile(FileBytes bytes, SafetensorsHeader header) {
        this.bytes = bytes;
        this.header = header;
        for (TensorInfo tensor : header.tensors()) {
            byName.put(tensor.name(), tensor);
        }
    }

    /**
     * What messages call the file.
     *
     * @return its path, or what was given with its stream
     */
    public String name() {
        return bytes.name();
    }

    /**
     * The metadata of the file.
     *
     * @return texts by key, sorted by key; empty if there are none
     */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * What the file says about its tensors.
     *
     * @return in the order of their bytes
     */
    public List<TensorInfo> tensors() {
        return header.tensors();
    }

    /**
     * Whether the file has a tensor of a name.
     *
     * @param name as written in the file
     * @return whether there is one
     * @throws NullPointerException if the name is null
     */
    public boolean contains(String name) {
        Arguments.required(name, "SafetensorsFile.contains", "name", "a name");
        return byName.containsKey(name);
    }

    /**
     * What the file says about one tensor.
     *
     * @param name as written in the file
     * @return its dtype, shape and place
     * @throws NullPointerException if the name is null
     * @throws FormatException      if the file has no such tensor; the message lists some that it has
     */
    public TensorInfo info(String name) throws FormatException {
        Arguments.required(name, "SafetensorsFile.info", "name", "a name");
        TensorInfo info = byName.get(name);
        if (info == null) {
            String some = String.join(", ", byName.keySet().stream().limit(6).map(FormatException::quote).toList());
            throw new FormatException(name(), SafetensorsProblem.NO_SUCH_TENSOR, "has no tensor " + quote(name)
                    + "; it has "
                    + (byName.isEmpty() ? "none" : some + (byName.size() > 6 ? ", ... (" + byName.size() + ")" : "")));
        }
        return info;
    }

    /**
     * Reads a tensor, converted to float32.
     *
     * @param name as written in the file
     * @return a new heap tensor of the shape in the file
     * @throws NullPointerException  if the name is null
     * @throws FormatException       if there is none of that name, its dtype is not read as numbers, or it does not fit
     *                               a Java array
     * @throws IllegalStateException if the file is closed
     */
    public Tensor tensor(String name) throws FormatException {
        Arguments.required(name, "SafetensorsFile.tensor", "name", "a name");
        TensorInfo info = info(name);
        numeric(info);
        requireArray(info);
        Tensor tensor = Tensor.zeros(info.shape().toArray());
        copyTo(name, tensor);
        return tensor;
    }

    /**
     * Copies a tensor, converted to float32, into memory of the caller. Rows of the target may be padded, and the padding stays
     * as it is. Long rows of F32 are copied straight from the mapping.
     *
     * @param name   as written in the file
     * @param target of the shape in the file; its numbers are replaced
     * @throws NullPointerException     if an argument is null
     * @throws ShapeException           if the target's shape is another
     * @throws FormatException          if there is none of that name, or its dtype is not read as numbers
     * @throws IllegalArgumentException if the target's memory is read-only
     * @throws IllegalStateException    if the file is closed, or the target's memory has been freed
     */
    public void copyTo(String name, Tensor target) throws FormatException {
        Arguments.required(name, "SafetensorsFile.copyTo", "name", "a name");
        Arguments.required(target, "SafetensorsFile.copyTo", "target", "a tensor to write");
        TensorInfo info = info(name);
        Dtype dtype = numeric(info);
        if (!info.shape().equals(target.shape())) {
            throw new ShapeException("Tensor " + quote(name) + " of " + name() + " has shape " + info.shape()
                    + ", but its place has shape " + target.shape());
        }
        target.requireAlive();
        target.requireWritable();
        if (info.bytes() == 0) {
            return;
        }
        try {
            copyRows(info, dtype, target);
        } catch (IllegalStateException freed) {
            target.requireAlive();
            throw freed;
        }
    }

    private void copyRows(TensorInfo info, Dtype dtype, Tensor target) throws FormatException {
        boolean dense = target.rowStride() == target.columns();
        long rows = dense ? 1 : target.rows();
        long count = dense ? target.shape().elements() : target.columns();
        long rowBytes = count * dtype.bits / Byte.SIZE;
        try {
            MappedWindow window = new MappedWindow(bytes.segment());
            long firstBytes = header.dataBytes() + info.begin();
            for (long row = 0; row < rows; row++) {
                long targetBytes = target.baseBytes() + row * target.rowBytes();
                window.toFloats(dtype, false, firstBytes + row * rowBytes, target.segment(), targetBytes, count);
            }
        } catch (InternalError fault) {
            throw FileBytes.shortened(name(), SafetensorsProblem.CHANGED_WHILE_OPEN, fault);
        }
    }

    /**
     * The numbers of a tensor, converted to float32, to be read piece by piece.
     *
     * @param name as written in the file
     * @return for any number of threads; reads until the file is closed
     * @throws NullPointerException if the name is null
     * @throws FormatException      if there is none of that name, or its dtype is not read as numbers
     */
    public FloatSource floats(String name) throws FormatException {
        Arguments.required(name, "SafetensorsFile.floats", "name", "a name");
        TensorInfo info = info(name);
        return new TensorNumbers(this.name(), bytes.segment(), numeric(info), header.dataBytes() + info.begin(),
                info.shape().elements());
    }

    /**
     * Reads a tensor as whole numbers, for example ids of tokens.
     *
     * @param name as written in the file
     * @return a new heap tensor of int32, of the shape in the file
     * @throws NullPointerException  if the name is null
     * @throws FormatException       if there is none of that name, its dtype is not read as numbers, one of them is not whole or
     *                               does not fit 32 bits, or it does not fit a Java array
     * @throws IllegalStateException if the file is closed
     */
    public Tensor ints(String name) throws FormatException {
        Arguments.required(name, "SafetensorsFile.ints", "name", "a name");
        TensorInfo info = info(name);
        Dtype dtype = numeric(info);
        Tensor tensor = Tensor.ofInts(new int[requireArray(info)], info.shape().toArray());
        return FileBytes.guard(name(), SafetensorsProblem.CHANGED_WHILE_OPEN, () -> {
            MappedWindow window = new MappedWindow(bytes.segment());
            long first = header.dataBytes() + info.begin();
            long count = info.shape().elements();
            long done = window.toInts(dtype, false, first, tensor.segment(), 0, count);
            if (done < count) {
                double number = window.toDouble(dtype, false, first + done * (dtype.bits / Byte.SIZE));
                throw new FormatException(name(), SafetensorsProblem.NOT_WHOLE,
                        NpyNumbers.notWhole("number " + done + " of tensor " + quote(name), number));
            }
            return tensor;
        });
    }

    /**
     * Reads the numbers of a tensor as doubles. They are exact, except for 64-bit integers beyond 2^53, which are rounded.
     *
     * @param name as written in the file
     * @return a new array, row-major
     * @throws NullPointerException  if the name is null
     * @throws FormatException       if there is none of that name, its dtype is not read as numbers, or it does not fit
     *                               a Java array
     * @throws IllegalStateException if the file is closed
     */
    public double[] doubles(String name) throws FormatException {
        Arguments.required(name, "SafetensorsFile.doubles", "name", "a name");
        TensorInfo info = info(name);
        Dtype dtype = numeric(info);
        double[] values = new double[requireArray(info)];
        int step = dtype.bits / Byte.SIZE;
        return FileBytes.guard(name(), SafetensorsProblem.CHANGED_WHILE_OPEN, () -> {
            MappedWindow window = new MappedWindow(bytes.segment());
            long firstBytes = header.dataBytes() + info.begin();
            for (int index = 0; index < values.length; index++) {
                values[index] = window.toDouble(dtype, false, firstBytes + (long) index * step);
            }
            return values;
        });
    }

    private Dtype numeric(TensorInfo info) throws FormatException {
        Dtype dtype = Dtype.of(info.dtype());
        if (dtype == null || !dtype.numeric) {
            throw new FormatException(name(), SafetensorsProblem.UNSUPPORTED_DTYPE, "tensor " + quote(info.name())
                    + " has dtype " + quote(info.dtype()) + ", which is not read as numbers; convert it to one of "
                    + Dtype.READABLE);
        }
        return dtype;
    }

    private int requireArray(TensorInfo info) throws FormatException {
        long elements = info.shape().elements();
        if (elements > LONGEST_ARRAY) {
            throw new FormatException(name(), SafetensorsProblem.TOO_LARGE_FOR_HEAP, "tensor " + quote(info.name())
                    + " has " + elements + " numbers, more than a Java array holds; copy it into off-heap memory");
        }
        return (int) elements;
    }

    /** Unmaps the file; a second call does nothing. */
    @Override
    public void close() {
        bytes.close();
    }
}
