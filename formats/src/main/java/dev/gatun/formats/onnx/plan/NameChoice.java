package dev.gatun.formats.onnx.plan;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of layers out of names of nodes, which may hold anything, and stand for several layers. */
final class NameChoice {

    private static final int LONGEST = 80;

    private final Set<String> taken = new HashSet<>();

    String of(String wish) {
        String plain = wish.replaceAll("[^\\p{L}\\p{N}_.:-]+", "_").replaceAll("^[_.:]+|[_.:]+$", "");
        if (plain.length() > LONGEST) {
            plain = plain.substring(plain.length() - LONGEST);
        }
        String base = plain.isEmpty() ? "layer" : plain;
        String name = base;
        for (int number = 1; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = base + "_" + number;
        }
        return name;
    }
}
