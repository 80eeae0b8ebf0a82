package dev.gatun.formats.torch;

import dev.gatun.formats.PlainJson;
import java.util.List;
import java.util.Map;

/**
 * What a user may say of a state dict, as JSON that {@link TorchArchitecture#of} and the command line take alike, for notes and
 * refusals.
 */
final class ArchitectureAdvice {

    private static final String SAY = "--architecture '";

    /** Said once, where anything of it is. */
    static final String MEANING = "--architecture is an option of the command line; in Java the same text goes through"
            + " TorchArchitecture.of to TorchFormat.of";

    private ArchitectureAdvice() {}

    /** The order of all there is. */
    static String forward() {
        return SAY + PlainJson.inOrder(Map.of("forward", List.of("emb", "lstm", "last", "fc"))) + "'";
    }

    /** What stands behind a module; no words for nothing. */
    static String after(String module, String... words) {
        return SAY + PlainJson.inOrder(Map.of("after", Map.of(module, List.of(words)))) + "'";
    }

    /** An argument of a module. */
    static String argument(String module, String argument, Object value) {
        return SAY + PlainJson.inOrder(Map.of("arguments", Map.of(module, Map.of(argument, value)))) + "'";
    }

    /** The notes, with the meaning behind them where one gives such advice. */
    static void explain(List<String> notes) {
        if (notes.stream().anyMatch(note -> note.contains(SAY))) {
            notes.add(MEANING);
        }
    }
}
