package dev.gatun.formats.onnx.value;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the axes of a value lie: for each axis the factors of its size, the outermost first. An axis without a factor has size 1.
 *
 * @param lists for each axis its factors
 */
public record Axes(List<List<Factor>> lists) {

    public Axes {
        lists = lists.stream().map(List::copyOf).toList();
    }

    /** Axes of one factor each. */
    public static Axes of(Factor... factors) {
        List<List<Factor>> lists = new ArrayList<>();
        for (Factor factor : factors) {
            lists.add(List.of(factor));
        }
        return new Axes(lists);
    }

    public int rank() {
        return lists.size();
    }

    public List<Factor> get(int axis) {
        return lists.get(axis);
    }

    public List<Factor> last() {
        return lists.getLast();
    }

    /** One axis of other factors. */
    public Axes with(int axis, List<Factor> factors) {
        List<List<Factor>> changed = new ArrayList<>(lists);
        changed.set(axis, factors);
        return new Axes(changed);
    }

    public Axes without(int axis) {
        List<List<Factor>> changed = new ArrayList<>(lists);
        changed.remove(axis);
        return new Axes(changed);
    }

    public Axes inserted(int axis, List<Factor> factors) {
        List<List<Factor>> changed = new ArrayList<>(lists);
        changed.add(axis, factors);
        return new Axes(changed);
    }

    public Axes permuted(int... order) {
        List<List<Factor>> changed = new ArrayList<>();
        for (int axis : order) {
            changed.add(lists.get(axis));
        }
        return new Axes(changed);
    }

    /** A factor as what it is made of, wherever it stands. */
    public Axes replaced(Factor factor, List<Factor> parts) {
        List<List<Factor>> changed = new ArrayList<>();
        for (List<Factor> list : lists) {
            List<Factor> other = new ArrayList<>();
            list.forEach(each -> other.addAll(each == factor ? parts : List.of(each)));
            changed.add(other);
        }
        return new Axes(changed);
    }

    /** All factors that take a place, from the first axis on. */
    public List<Factor> flat() {
        return lists.stream().flatMap(List::stream).filter(factor -> !factor.isUnit()).toList();
    }

    public boolean isUnit(int axis) {
        return plain(get(axis)).isEmpty();
    }

    /** The axis that has these factors, or -1. */
    public int find(List<Factor> factors) {
        for (int axis = 0; axis < rank(); axis++) {
            if (equal(get(axis), factors)) {
                return axis;
            }
        }
        return -1;
    }

    /** The axis one of whose factors this is, or -1. */
    public int of(Factor factor) {
        for (int axis = 0; axis < rank(); axis++) {
            if (get(axis).contains(factor)) {
                return axis;
            }
        }
        return -1;
    }

    /** The size of an axis, or {@link Factor#UNKNOWN}; of the batch what the file says. */
    public long size(int axis) {
        return size(get(axis));
    }

    public static long size(List<Factor> factors) {
        long size = 1;
        for (Factor factor : factors) {
            if (factor.size() == Factor.UNKNOWN) {
                return Factor.UNKNOWN;
            }
            size = Math.multiplyExact(size, factor.size());
        }
        return size;
    }

    /** Whether both are the same, but for factors that take no place. */
    public static boolean equal(List<Factor> one, List<Factor> other) {
        return plain(one).equals(plain(other));
    }

    public boolean sameAs(Axes other) {
        if (rank() != other.rank()) {
            return false;
        }
        for (int axis = 0; axis < rank(); axis++) {
            if (!equal(get(axis), other.get(axis))) {
                return false;
            }
        }
        return true;
    }

    /** Those that take a place. */
    public static List<Factor> plain(List<Factor> factors) {
        return factors.stream().filter(factor -> !factor.isUnit()).toList();
    }

    @Override
    public String toString() {
        return lists.stream()
                .map(list -> list.isEmpty()
                        ? "1"
                        : list.stream().map(Factor::toString).collect(Collectors.joining("*")))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
