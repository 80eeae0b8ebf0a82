package dev.gatun.formats.hdf5;

import dev.gatun.formats.FormatException;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An open HDF5 file. Paths name groups and datasets from the root on, links are not followed, and sizes that the file promises
 * are held against its bytes before memory is taken for them.
 */
public final class Hdf5File implements Hdf5Tree {

    private final Hdf5Name name;
    private final Hdf5Handle handle;
    private final Hdf5Bytes bytes;
    private long readBytes;

    private Hdf5File(Hdf5Name name, Hdf5Handle handle, Hdf5Bytes bytes) {
        this.name = name;
        this.handle = handle;
        this.bytes = bytes;
    }

    /**
     * What is done with a file while it is open.
     *
     * @param <R> what comes of it
     */
    @FunctionalInterface
    public interface Work<R> {
        /** @throws FormatException for what the file does not hold */
        R with(Hdf5File file) throws FormatException;
    }

    /**
     * Opens a file that is in memory.
     *
     * @param bytes all of them; changed where jHDF could not read them
     * @throws FormatException if the bytes are damaged or not HDF5, or whatever the work throws
     */
    public static <R> R read(Hdf5Name name, byte[] bytes, Work<R> work) throws FormatException {
        try (Hdf5Handle handle = Hdf5Handle.of(bytes)) {
            return work.with(new Hdf5File(name, handle, Hdf5Bytes.of(bytes)));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw name.damaged(damaged); // jHDF believes what the file says about sizes and addresses.
        }
    }

    /**
     * Opens a file, of which only what is asked for is read.
     *
     * @param path of the machine's own file system
     * @throws FormatException if the file cannot be read, is damaged or not HDF5, or whatever the work throws
     */
    public static <R> R read(Hdf5Name name, Path path, Work<R> work) throws FormatException {
        try (Hdf5Handle handle = handle(name, path)) {
            return guarded(name, () -> work.with(of(name, handle)));
        }
    }

    /**
     * An open file.
     *
     * @param handle on a file of the machine's own file system
     */
    static Hdf5File of(Hdf5Name name, Hdf5Handle handle) throws FormatException {
        try {
            return new Hdf5File(name, handle, Hdf5Bytes.of(handle.channel()));
        } catch (IOException failed) {
            throw name.damaged(failed);
        }
    }

    /** @throws FormatException if there is no such file, or it does not begin as HDF5 does */
    static Hdf5Handle handle(Hdf5Name name, Path path) throws FormatException {
        try {
            return Hdf5Handle.of(path);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw name.damaged(damaged);
        } catch (InternalError shortened) {
            throw shortened(name, shortened);
        }
    }

    /** What is done while files are open, or that they are damaged. */
    static <R> R guarded(Hdf5Name name, Guarded<R> work) throws FormatException {
        try {
            return work.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damaged) {
            throw name.damaged(damaged);
        } catch (InternalError shortened) {
            throw shortened(name, shortened);
        }
    }

    private static FormatException shortened(Hdf5Name name, InternalError shortened) {
        return name.damaged(new IOException("it was shortened by another process while it was open", shortened));
    }

    /** What reads of a file that may be damaged. */
    @FunctionalInterface
    interface Guarded<R> {
        R run() throws FormatException;
    }

    /** Whether the file has types without a meaning, which Keras writes for bfloat16. */
    boolean hasOpaque() {
        return handle.hasOpaque();
    }

    /** How many bytes the file has. */
    public long size() {
        return bytes.size();
    }

    @Override
    public boolean hasGroup(String path) {
        return find(path) instanceof Group;
    }

    @Override
    public List<String> names(String path) {
        return handle.read(root -> find(root, path) instanceof Group group
                ? List.copyOf(group.getChildren().keySet())
                : List.of());
    }

    /** Whether a group or dataset has an attribute. */
    public boolean hasAttribute(String path, String attribute) {
        Node node = find(path);
        return node != null && node.getAttributes().containsKey(attribute);
    }

    @Override
    public String text(String path, String attribute) throws FormatException {
        return data(path, attribute) instanceof String text ? text : null;
    }

    /**
     * The texts of an attribute that holds several.
     *
     * @return null if there is no such attribute; no text if it holds something else
     * @throws FormatException if it promises more than the file has
     */
    public List<String> texts(String path, String attribute) throws FormatException {
        Object data = data(path, attribute);
        if (data instanceof String text) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        if (data instanceof Object[] all) {
            for (Object each : all) {
                if (each instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return hasAttribute(path, attribute) ? texts : null;
    }

    private Object data(String path, String attribute) throws FormatException {
        Node node = find(path);
        Attribute found = node == null ? null : node.getAttributes().get(attribute);
        if (found == null) {
            return null;
        }
        if (found.getSizeInBytes() > size() || found.getSizeInBytes() < 0) {
            throw wrong("has an attribute " + FormatException.quote(attribute) + " of " + found.getSizeInBytes()
                    + " bytes" + (path.isEmpty() ? "" : " in group " + path) + ", more than the file itself");
        }
        return found.isEmpty() ? null : found.getData();
    }

    @Override
    public Hdf5Dataset dataset(String path) {
        return find(path) instanceof Dataset dataset ? new Hdf5Dataset(this, path, dataset) : null;
    }

    /** A group or dataset of this very file, or null. */
    private Node find(String path) {
        return handle.read(root -> find(root, path));
    }

    private static Node find(Node root, String path) {
        Node node = root;
        for (String step : path.isEmpty() ? new String[0] : path.split("/")) {
            if (!(node instanceof Group group)) {
                return null;
            }
            node = group.getChildren().get(step);
            if (node != null && node.isLink()) {
                return null; // Possibly into another file.
            }
        }
        return node;
    }

    /** Two weights do not share their bytes, and nobody packs them: more numbers than bytes would be a bomb. */
    void take(String path, long count) throws FormatException {
        if (count > size() - readBytes) {
            throw wrong("promises " + count + " bytes of numbers in " + path + " beside " + readBytes
                    + " read already, but has " + size() + " bytes in all");
        }
        readBytes += count;
    }

    /** Float32 numbers that lie together. */
    float[] floats(long address, int count) throws FormatException {
        try {
            return bytes.floats(handle.userBlockBytes() + address, count);
        } catch (IOException failed) {
            throw name.damaged(failed);
        }
    }

    @Override
    public FormatException wrong(String reason) {
        return name.wrong(reason);
    }
}
