package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;

/**
 * An Embedding: row {@code id} of {@code w/<layer>/embeddings} for each id.
 *
 * @param layer     its name
 * @param masksZero whether steps of id 0 do not count for what follows
 */
public record RefEmbedding(String layer, boolean masksZero) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] none, Map<String, RefTensor> given) {
        RefTensor ids = inputs.getFirst();
        RefTensor table = given.get("w/" + layer + "/embeddings");
        int width = table.last();
        int[] shape = new int[ids.shape().length + 1];
        System.arraycopy(ids.shape(), 0, shape, 0, shape.length - 1);
        shape[shape.length - 1] = width;
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < ids.values().length; i++) {
            System.arraycopy(table.values(), (int) ids.values()[i] * width, y.values(), i * width, width);
        }
        return new RefLayers.Simple(y, masksZero ? mask(ids) : null, (gOutputs, gradients) -> {
            RefTensor gTable = RefTensor.zeros(table.shape());
            for (int i = 0; i < y.values().length; i++) {
                gTable.values()[(int) ids.values()[i / width] * width + i % width] += gOutputs.getFirst().values()[i];
            }
            gradients.add("w/" + layer + "/embeddings", gTable);
            return List.of(RefTensor.zeros(ids.shape()));
        });
    }

    private static boolean[][] mask(RefTensor ids) {
        boolean[][] mask = new boolean[ids.shape()[0]][ids.shape()[1]];
        for (int i = 0; i < ids.values().length; i++) {
            mask[i / ids.last()][i % ids.last()] = ids.values()[i] != 0;
        }
        return mask;
    }
}
