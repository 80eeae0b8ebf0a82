package dev.gatun.tests.formats;

import dev.gatun.formats.hdf5.write.WrittenDataset;
import dev.gatun.formats.hdf5.write.WrittenGroup;
import dev.gatun.formats.hdf5.write.WrittenType;
import dev.gatun.memory.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/** What lies in Keras's files of weights: groups with what is said of them, datasets with their shapes. */
public final class KerasTree {

    private KerasTree() {}

    /** model.weights.h5 of a .keras file, or the file itself. */
    public static byte[] weights(Path file) throws IOException {
        if (!file.toString().endsWith(".keras")) {
            return Files.readAllBytes(file);
        }
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("model.weights.h5"))) {
            return in.readAllBytes();
        }
    }

    /** For each path what is there, an optimizer's left out. */
    public static Map<String, String> of(byte[] hdf5) {
        Map<String, String> tree = new TreeMap<>();
        try (HdfFile hdf = HdfFile.fromBytes(hdf5)) {
            add(hdf, "", tree);
        }
        return tree;
    }

    private static void add(Group group, String path, Map<String, String> tree) {
        for (Node node : group.getChildren().values()) {
            String own = path + node.getName();
            if (own.equals("optimizer")) {
                continue;
            }
            Map<String, Object> said = new TreeMap<>();
            node.getAttributes().forEach((name, attribute) -> said.put(name, attribute.getData()));
            if (node instanceof Dataset dataset) {
                tree.put(own, dataset.getJavaType() + " " + Arrays.toString(dataset.getDimensions()) + " " + said);
            } else {
                tree.put(own, String.valueOf(said));
                add((Group) node, own + "/", tree);
            }
        }
    }

    /** The same file as Keras 2.15 writes it on Windows: a path is one name, and nothing is said of groups. */
    static WrittenGroup onWindows(byte[] hdf5) {
        WrittenGroup root = new WrittenGroup();
        try (HdfFile hdf = HdfFile.fromBytes(hdf5)) {
            copy(hdf, "", root);
        }
        return root;
    }

    private static void copy(Group group, String path, WrittenGroup root) {
        for (Node node : group.getChildren().values()) {
            if (node.getName().equals("vars")) {
                WrittenGroup variables = (path.isEmpty() ? root : root.group(path)).group("vars");
                ((Group) node).getChildren().values()
                        .forEach(each -> variables.put(each.getName(), written((Dataset) each)));
            } else {
                copy((Group) node, path.isEmpty() ? node.getName() : path + "\\" + node.getName(), root);
            }
        }
    }

    private static WrittenDataset written(Dataset dataset) {
        float[] numbers = (float[]) dataset.getDataFlat();
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return new WrittenDataset(Shape.of(dataset.getDimensionsAsLong()), WrittenType.FLOAT32,
                out -> out.write(bytes.duplicate()));
    }
}
