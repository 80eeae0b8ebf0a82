package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's archives of named arrays, as {@code numpy.savez} writes them: a zip file with an .npy file for each, see {@link Npy}. What
 * else is in the archive is passed over. Source of the format: {@code numpy/lib/_npyio_impl.py}.
 */
public final class Npz implements AutoCloseable {

    private static final String ENDING = ".npy";
    /** The first that a zip file can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    /** An array is unpacked onto the heap, beside the tensor that is made of it. */
    private static final int SHARE_OF_HEAP = 4;

    private final Path file;
    private final ZipFile zip;
    private final Map<String, TensorInfo> arrays = new LinkedHashMap<>();

    private Npz(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /**
     * Opens an archive and reads the headers of its arrays.
     *
     * @param file of the machine's own file system
     * @return to be closed
     * @throws NullPointerException if the file is null
     * @throws FormatException      if it is not a whole archive, or an array of it is none of numbers or is there twice: names it
     * @throws IOException          if it cannot be read
     */
    public static Npz open(Path file) throws IOException {
        Arguments.required(file, "Npz.open", "file", "the path of a file");
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new FormatException(file,
                    "lies inside another file or in memory; copy it to a folder of this machine");
        }
        if (!Files.exists(file)) {
            throw new FormatException(file, "there is no such file; check the path");
        }
        Npz npz;
        try {
            npz = new Npz(file, new ZipFile(file.toFile()));
        } catch (IOException | IllegalArgumentException damaged) {
            throw notWhole(file, damaged);
        }
        try {
            npz.readHeaders();
            return npz;
        } catch (FormatException | RuntimeException | Error failed) {
            npz.close();
            throw failed;
        } catch (IOException damaged) {
            npz.close();
            throw notWhole(file, damaged);
        }
    }

    private static FormatException notWhole(Path file, Exception damaged) {
        return new FormatException(file, "is not a whole .npz file, which is a zip archive: "
                + FormatException.reason(damaged) + "; copy it again").because(damaged);
    }

    private void readHeaders() throws IOException {
        for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().endsWith(ENDING)) {
                String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
                try (InputStream in = zip.getInputStream(entry)) {
                    TensorInfo info = Npy.info(called(name), in);
                    TensorInfo named = new TensorInfo(name, info.dtype(), info.shape(), info.begin(), info.end());
                    if (arrays.put(name, named) != null) {
                        throw new FormatException(file, "holds the array " + FormatException.quote(name)
                                + " twice; save it again with numpy.savez");
                    }
                }
            }
        }
    }

    private String called(String name) {
        return file + " array " + FormatException.quote(name);
    }

    /**
     * What the arrays are; of their numbers none was read.
     *
     * @return in the archive's order, by the names they were saved under, with NumPy's own words for types ({@code <f4}) and places in
     *         the unpacked .npy file
     */
    public List<TensorInfo> arrays() {
        return new ArrayList<>(arrays.values());
    }

    /**
     * Whether there is an array of this name.
     *
     * @param name it was saved under
     * @return whether there is
     * @throws NullPointerException if the name is null
     */
    public boolean contains(String name) {
        Arguments.required(name, "Npz.contains", "name", "the name of an array");
        return arrays.containsKey(name);
    }

    /**
     * Reads an array, converted to float32.
     *
     * @param name it was saved under
     * @return a new heap tensor, in C order
     * @throws NullPointerException if the name is null
     * @throws FormatException if there is no such array, or it is not sound
     * @throws IOException     if it cannot be read
     */
    public Tensor tensor(String name) throws IOException {
        return read(Arguments.required(name, "Npz.tensor", "name", "the name of an array"), DataType.FLOAT32);
    }

    /**
     * Reads an array of whole numbers.
     *
     * @param name it was saved under
     * @return a new heap tensor of int32, in C order
     * @throws NullPointerException if the name is null
     * @throws FormatException if there is no such array, it is not sound, or a number is not whole or does not fit 32 bits
     * @throws IOException     if it cannot be read
     */
    public Tensor ints(String name) throws IOException {
        return read(Arguments.required(name, "Npz.ints", "name", "the name of an array"), DataType.INT32);
    }

    private Tensor read(String name, DataType type) throws IOException {
        TensorInfo info = arrays.get(name);
        if (info == null) {
            throw new FormatException(file, "has no array " + FormatException.quote(name) + ", only "
                    + arrays.keySet());
        }
        long most = Math.min(SafetensorsFile.LONGEST_ARRAY, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        if (info.end() > most) {
            throw new FormatException(called(name), "has " + info.end() + " bytes, and at most " + most
                    + " are unpacked in this JVM; save it as .npy, which is not unpacked, or give Java more memory");
        }
        try (InputStream in = zip.getInputStream(zip.getEntry(name + ENDING))) {
            // One byte more than promised tells an array that goes on.
            return Npy.read(called(name), MemorySegment.ofArray(in.readNBytes((int) info.end() + 1)), type);
        } catch (FormatException told) {
            throw told;
        } catch (IOException damaged) {
            throw notWhole(file, damaged);
        }
    }

    /**
     * Writes tensors as an archive that {@code numpy.load} reads, whole or not at all, see {@link AtomicFile}. Nothing in it tells the
     * time: equal tensors give equal bytes.
     *
     * @param target  what is written or replaced
     * @param tensors by the names they are saved under, in the order they are written
     * @throws NullPointerException if an argument, a name or a tensor is null
     * @throws IOException          if the disk refuses; the old file is intact
     */
    public static void write(Path target, Map<String, Tensor> tensors) throws IOException {
        Arguments.required(target, "Npz.write", "target", "a file");
        Arguments.all(tensors, "Npz.write", "tensors", "tensors by name");
        tensors.values().forEach(Tensor::requireAlive);
        AtomicFile.writeStream(target, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
                ZipEntry entry = new ZipEntry(tensor.getKey() + ENDING);
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                Npy.writeTo(Channels.newChannel(zip), tensor.getValue());
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /** Closes the archive; tensors that were read stay. */
    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException nothingWritten) {
            // Of a file that was only read there is nothing to lose.
        }
    }
}
