using System.Collections.Immutable;

namespace SsaShare.Formats;

/// <summary>The messages that are read and written, a table for each: what they hold, and what the documentation says of it.</summary>
public static class NdmTables
{
    public static ImmutableArray<NdmMessage> Messages { get; } = [TdmTable.Message, OemTable.Message, OmmTable.Message, OpmTable.Message, OcmTable.Message, CdmTable.Message, RdmTable.Message];

    /// <summary>Every keyword of every message, in the standards' order.</summary>
    public static IEnumerable<NdmTableLine> All => Messages.SelectMany(message => message.AllBlocks.SelectMany(block => Lines(message, block)));

    /// <param name="name">opm, oem ...</param>
    public static NdmMessage? Find(string name) => Messages.FirstOrDefault(message => message.Name == name);

    internal static NdmMessage? OfVersionKeyword(ReadOnlySpan<char> keyword)
    {
        foreach (var message in Messages)
            if (keyword.SequenceEqual(message.VersionKeyword)) return message;
        return null;
    }

    private static IEnumerable<NdmTableLine> Lines(NdmMessage message, NdmBlock block)
        => block.Entries.OfType<NdmKeyword>().Concat(block.Rows == NdmRowStyle.Triangle ? [] : block.RowKeywords).Select(keyword => new NdmTableLine(message, block, keyword));
}

/// <summary>A keyword where it stands.</summary>
public sealed record NdmTableLine(NdmMessage Message, NdmBlock Block, NdmKeyword Keyword)
{
    /// <summary>The versions of the message that have it.</summary>
    public IEnumerable<string> Versions => Message.Versions.Where(version => Keyword.IsIn(version) && Block.IsIn(version));
}
