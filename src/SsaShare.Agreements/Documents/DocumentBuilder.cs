using System.Collections.Immutable;

namespace SsaShare.Agreements;

/// <summary>
/// Builds a <see cref="DocumentNode"/> tree from a parser's events, in order; refuses what both formats refuse: depth, duplicate keys,
/// keys that are no text, invisible characters.
/// </summary>
internal sealed class DocumentBuilder
{
    private readonly Stack<Open> _open = new();

    /// <summary>The finished document.</summary>
    public DocumentNode? Root { get; private set; }

    public void Begin(int line, int column, bool mapping)
    {
        if (_open.Count == DocumentLimits.DepthMax) throw Refusal(line, column, $"Nested deeper than {DocumentLimits.DepthMax}.");
        if (mapping && _open.TryPeek(out var parent) && parent is { IsMapping: true, Key: null }) throw Refusal(line, column, "Expected a word before ':', got a mapping.");
        _open.Push(new Open(line, column, mapping));
    }

    public void End()
    {
        var open = _open.Pop();
        Add(open.IsMapping
            ? new MappingNode(open.Line, open.Column, open.Entries.ToImmutable())
            : new SequenceNode(open.Line, open.Column, open.Items.ToImmutable()));
    }

    public void Scalar(int line, int column, string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (LookAlike.IsInvisible(rune)) throw Refusal(line, column, $"Contains the invisible character U+{rune.Value:X4}.");
        Add(new ScalarNode(line, column, text));
    }

    internal static DocumentException Refusal(int line, int column, string message) => new(new DocumentIssue(line, column, message));

    private void Add(DocumentNode node)
    {
        if (!_open.TryPeek(out var parent))
        {
            Root = node;
            return;
        }
        if (!parent.IsMapping)
        {
            if (parent.Items.Count == DocumentLimits.EntriesMax) throw Refusal(node.Line, node.Column, $"More than {DocumentLimits.EntriesMax} entries in one list.");
            parent.Items.Add(node);
        }
        else if (parent.Key is null)
        {
            if (node is not ScalarNode key) throw Refusal(node.Line, node.Column, "Expected a word before ':'.");
            if (!parent.Keys.Add(key.Text)) throw Refusal(key.Line, key.Column, $"'{Show.Text(key.Text)}' is given twice.");
            parent.Key = key;
        }
        else
        {
            parent.Entries.Add((parent.Key, node));
            parent.Key = null;
        }
    }

    private sealed class Open(int line, int column, bool isMapping)
    {
        public int Line => line;
        public int Column => column;
        public bool IsMapping => isMapping;
        public ImmutableArray<DocumentNode>.Builder Items { get; } = ImmutableArray.CreateBuilder<DocumentNode>();
        public ImmutableArray<(ScalarNode Key, DocumentNode Value)>.Builder Entries { get; } = ImmutableArray.CreateBuilder<(ScalarNode, DocumentNode)>();
        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);
        public ScalarNode? Key { get; set; }
    }
}
