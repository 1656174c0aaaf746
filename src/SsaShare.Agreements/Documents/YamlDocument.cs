using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SsaShare.Agreements;

/// <summary>YAML 1.2 text to a node tree: one document, no anchors, aliases, tags or directives. Every scalar is text.</summary>
internal static class YamlDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="DocumentException">The text is not such a document.</exception>
    public static DocumentNode Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > DocumentLimits.BytesMax) throw DocumentBuilder.Refusal(1, 1, $"Larger than {DocumentLimits.BytesMax} bytes.");
        string text = Decode(utf8);
        try
        {
            return Build(new Parser(new StringReader(text)));
        }
        catch (YamlException e)
        {
            throw DocumentBuilder.Refusal(Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column), $"Not YAML: {e.Message}");
        }
    }

    private static DocumentNode Build(Parser parser)
    {
        var builder = new DocumentBuilder();
        int documents = 0;
        while (MoveNext(parser))
        {
            var at = parser.Current!;
            (int line, int column) = ((int)at.Start.Line, (int)at.Start.Column);
            if (at is NodeEvent node) RefuseExtras(node, line, column);
            switch (at)
            {
                case DocumentStart start when ++documents > 1 || start.Version is not null || start.Tags is { Count: > 0 } && !start.IsImplicit:
                    throw DocumentBuilder.Refusal(line, column, "Expected one document without directives.");
                case AnchorAlias alias:
                    throw DocumentBuilder.Refusal(line, column, $"Aliases are not allowed: '*{Show.Text(alias.Value.Value)}'.");
                case Scalar scalar:
                    builder.Scalar(line, column, scalar.Value);
                    break;
                case MappingStart:
                    builder.Begin(line, column, mapping: true);
                    break;
                case SequenceStart:
                    builder.Begin(line, column, mapping: false);
                    break;
                case MappingEnd or SequenceEnd:
                    builder.End();
                    break;
            }
        }
        return builder.Root ?? throw DocumentBuilder.Refusal(1, 1, "The document is empty.");
    }

    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3 throws this, without a message, for a plain scalar of no characters such as the '-' in "[-]".
            var at = parser.Current?.End ?? Mark.Empty;
            throw DocumentBuilder.Refusal(Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column), "Not YAML from here on.");
        }
    }

    private static void RefuseExtras(NodeEvent node, int line, int column)
    {
        if (!node.Anchor.IsEmpty) throw DocumentBuilder.Refusal(line, column, $"Anchors are not allowed: '&{Show.Text(node.Anchor.Value)}'.");
        if (!node.Tag.IsEmpty) throw DocumentBuilder.Refusal(line, column, "Tags are not allowed ('!...').");
    }

    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[3..];
        string text;
        try
        {
            text = StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw DocumentBuilder.Refusal(1, 1, "Not UTF-8.");
        }
        RefuseInvisible(text);
        return text;
    }

    // Comments are shown to signers too, so invisible characters are refused wherever they stand.
    private static void RefuseInvisible(string text)
    {
        (int line, int column) = (1, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            column++;
            if (rune.Value == '\n') (line, column) = (line + 1, 0);
            else if (rune.Value != '\r' && LookAlike.IsInvisible(rune))
                throw DocumentBuilder.Refusal(line, column, rune.Value == '\t' ? "Contains a tab; indent with spaces." : $"Contains the invisible character U+{rune.Value:X4}.");
        }
    }
}
