package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations that change the shape of values. Keras counts the batch as an axis like any other; here samples stay apart.
 *
 * @param operation of the file
 */
record KerasShaping(KerasOperation operation) {

    Map<String, Object> layer() {
        return switch (operation.kind()) {
            case "Reshape" -> reshape();
            case "ExpandDims" -> expandDims();
            case "Squeeze" -> squeeze();
            case "Transpose" -> transpose();
            case "Concatenate" -> concatenate();
            case "GetItem" -> slicing();
            case "Matmul" -> matmul();
            default -> throw operation.refused("is not supported");
        };
    }

    private KerasTensor read() {
        return operation.tensor(operation.argument(0));
    }

    private Map<String, Object> reshape() {
        List<Object> sizes = new ArrayList<>(operation.options().list("newshape"));
        Object batch = sizes.isEmpty() ? 1 : sizes.removeFirst();
        boolean isBatch = batch == null || batch instanceof Number number && number.doubleValue() == -1;
        boolean rest = sizes.stream().anyMatch(size -> size == null || ((Number) size).doubleValue() == -1);
        if (!isBatch || batch != null && (rest || !elements(sizes).equals(elements(behind(read()))))) {
            throw operation.refused("has newshape=" + operation.config().get("newshape") + " of shape " + read().shape()
                    + ", which does not keep samples apart; begin it with -1 and leave the numbers of a sample as many");
        }
        return reshaped(sizes);
    }

    /** The numbers of a sample; null if they are not known. */
    private static Long elements(List<?> sizes) {
        long elements = 1;
        for (Object size : sizes) {
            if (size == null) {
                return -1L;
            }
            elements *= ((Number) size).longValue();
        }
        return elements;
    }

    private static List<Object> behind(KerasTensor tensor) {
        return new ArrayList<>(tensor.shape().subList(Math.min(1, tensor.shape().size()), tensor.shape().size()));
    }

    private Map<String, Object> expandDims() {
        List<Object> sizes = new ArrayList<>(read().shape());
        int rank = sizes.size() + operation.axes("axis").size();
        List<Integer> axes = counted(operation.axes("axis"), rank);
        axes.stream().sorted().forEach(axis -> sizes.add(axis, 1L));
        sizes.removeFirst();
        return reshaped(sizes);
    }

    private Map<String, Object> squeeze() {
        List<Object> sizes = new ArrayList<>(read().shape());
        List<Integer> axes = counted(operation.axes("axis"), sizes.size());
        for (int axis = sizes.size() - 1; axis > 0; axis--) {
            boolean isOne = sizes.get(axis) instanceof Number size && size.longValue() == 1;
            if (axes.contains(axis) || axes.isEmpty() && isOne) {
                sizes.remove(axis);
            }
        }
        sizes.removeFirst();
        return reshaped(sizes);
    }

    /** Counted from the batch, which is not among them. */
    private List<Integer> counted(List<Integer> axes, int rank) {
        List<Integer> counted = new ArrayList<>();
        for (int axis : axes) {
            int own = axis < 0 ? axis + rank : axis;
            if (own < 1 || own >= rank) {
                throw operation.refused("has axis=" + operation.config().get("axis") + " of shape " + read().shape()
                        + "; give axes behind the batch");
            }
            counted.add(own);
        }
        return counted;
    }

    /** @param sizes without the batch, null for one that is not known */
    private Map<String, Object> reshaped(List<Object> sizes) {
        if (sizes.isEmpty() || sizes.stream().filter(size -> size == null).count() > 1) {
            throw operation.refused("makes shape " + sizes + " (without the batch) of " + read().shape()
                    + "; expected at least one axis, and at most one of unknown size");
        }
        List<Object> target = sizes.stream().map(size -> size == null ? (Object) (-1L) : size).toList();
        return operation.layer("Reshape", new LinkedHashMap<>(Map.of("target_shape", target)),
                List.of(read().history()));
    }

    private Map<String, Object> transpose() {
        List<Integer> axes = counted(
                operation.options().has("axes") ? operation.options().integers("axes") : List.of());
        return operation.layer("Permute",
                new LinkedHashMap<>(Map.of("dims", axes.stream().map(Integer::longValue).toList())),
                List.of(read().history()));
    }

    private List<Integer> counted(List<Integer> axes) {
        int rank = read().shape().size();
        List<Integer> counted = axes.stream().map(axis -> axis < 0 ? axis + rank : axis).toList();
        if (counted.size() < 2 || counted.getFirst() != 0) {
            throw operation.refused("has axes=" + axes + " of shape " + read().shape()
                    + ", which moves the batch; begin them with 0");
        }
        return counted.subList(1, counted.size());
    }

    private Map<String, Object> concatenate() {
        if (!(operation.argument(0) instanceof List<?> tensors)) {
            throw operation
                    .refused("is called with " + OptionReader.shown(operation.argument(0)) + ", expected a list");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("axis", (long) operation.options().integer("axis"));
        config.put("drops_masks", true);
        return operation.layer("Concatenate", config,
                tensors.stream().map(tensor -> operation.tensor(tensor).history()).toList());
    }

    private Map<String, Object> matmul() {
        KerasTensor first = read();
        KerasTensor second = operation.tensor(operation.argument(1));
        if (first.shape().size() != 3 || second.shape().size() != 3) {
            throw operation.refused("multiplies shapes " + first.shape() + " and " + second.shape()
                    + "; supported are matrices of each sample, [batch, n, k] and [batch, k, m]");
        }
        return operation.layer("Dot", new LinkedHashMap<>(Map.of("axes", List.of(2L, 1L))),
                List.of(first.history(), second.history()));
    }

    private Map<String, Object> slicing() {
        Object key = operation.argument(1);
        List<Object> keys = new ArrayList<>(key instanceof List<?> list ? list : List.of(key));
        int ellipsis = -1;
        for (int place = 0; place < keys.size(); place++) {
            ellipsis = isOf(keys.get(place), "__ellipsis__") ? place : ellipsis;
        }
        if (ellipsis >= 0) {
            keys.remove(ellipsis);
            while (keys.size() < read().shape().size()) {
                keys.add(ellipsis, Map.of("class_name", "__slice__", "config", Map.of()));
            }
        }
        List<Object> parts = new ArrayList<>();
        keys.forEach(each -> parts.add(part(each)));
        if (parts.isEmpty() || !parts.removeFirst().equals(":")) {
            throw operation.refused(
                    "takes some samples of a batch and not others; begin its key with a whole range, x[:, ...]");
        }
        return operation.layer("Slicing", new LinkedHashMap<>(Map.of("parts", parts.isEmpty() ? List.of(":") : parts)),
                List.of(read().history()));
    }

    private static boolean isOf(Object key, String kind) {
        return key instanceof Map<?, ?> map && kind.equals(map.get("class_name"));
    }

    /** As Python writes it. */
    private String part(Object key) {
        if (key instanceof Number number) {
            return String.valueOf(number.longValue());
        }
        if (!isOf(key, "__slice__") || !(((Map<?, ?>) key).get("config") instanceof Map<?, ?> range)) {
            throw operation.refused("has " + OptionReader.shown(key)
                    + " as an index; supported are numbers, ranges of numbers and ...");
        }
        String step = word(range.get("step"));
        return word(range.get("start")) + ":" + word(range.get("stop"))
                + (step.isEmpty() || step.equals("1") ? "" : ":" + step);
    }

    private String word(Object bound) {
        if (bound != null && !(bound instanceof Number)) {
            throw operation.refused("has " + OptionReader.shown(bound) + " in a range, expected a number");
        }
        return bound == null ? "" : String.valueOf(((Number) bound).longValue());
    }
}
