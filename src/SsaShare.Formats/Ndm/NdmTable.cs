using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SsaShare.Formats;

/// <summary>What the value of a keyword is.</summary>
public enum NdmType
{
    Text = 1,
    /// <summary>A decimal number.</summary>
    Number = 2,
    WholeNumber = 3,
    /// <summary>A date and time, calendar or day of year.</summary>
    Epoch = 4,
    /// <summary>An epoch, or seconds since that of the message.</summary>
    Time = 5,
    /// <summary>One of the words of <see cref="NdmKeyword.Words"/>.</summary>
    Word = 6,
    /// <summary>Numbers with blanks between them.</summary>
    Numbers = 7,
    /// <summary>A reference frame of the registry.</summary>
    Frame = 8,
    /// <summary>A time system of the registry.</summary>
    TimeSystem = 9,
}

/// <summary>Whether a keyword or a block must be there.</summary>
public enum NdmObligation
{
    Mandatory = 1,
    Optional = 2,
    /// <summary>By rules that look at other keywords.</summary>
    Conditional = 3,
}

/// <summary>How the lines of a block that are not keywords look.</summary>
public enum NdmRowStyle
{
    None = 0,
    /// <summary>TDM: KEYWORD = epoch value; an element observation.</summary>
    Observation = 1,
    /// <summary>OEM: epoch and 6 or 9 numbers; an element stateVector.</summary>
    StateVector = 2,
    /// <summary>OEM: six lines of a lower triangle; an element for each entry.</summary>
    Triangle = 3,
    /// <summary>OCM: values; one element.</summary>
    Line = 4,
}

/// <summary>What a block holds, in the standard's order: keywords and blocks.</summary>
public abstract record NdmEntry(string Name, NdmObligation Obligation)
{
    /// <summary>First version of the message that has it; empty for the first of all.</summary>
    public string Since { get; init; } = "";

    /// <summary>Last version that has it; empty where the newest has.</summary>
    public string Until { get; init; } = "";

    /// <summary>Versions are compared as text: they all have the form n.n.</summary>
    public bool IsIn(string version)
        => (Since.Length == 0 || string.CompareOrdinal(version, Since) >= 0) && (Until.Length == 0 || string.CompareOrdinal(version, Until) <= 0);
}

/// <summary>A keyword of a message.</summary>
/// <param name="Unit">The standard's, empty where it has none.</param>
/// <param name="Words">What the value may be, for <see cref="NdmType.Word"/>.</param>
public sealed record NdmKeyword(string Name, NdmType Type, string Unit, NdmObligation Obligation, ImmutableArray<string> Words) : NdmEntry(Name, Obligation)
{
    /// <summary>What is meant where it is left out; empty where nothing is.</summary>
    public string Default { get; init; } = "";

    /// <summary>Least and greatest value of a number that means something.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <inheritdoc cref="Min"/>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>In KVN a block of its kind begins with it: the block itself (1) or the one around it (2); 0 where it begins none.</summary>
    internal int Begins { get; init; }
}

/// <summary>A block of a message.</summary>
public sealed record NdmBlock(string Name, NdmObligation Obligation, ImmutableArray<NdmEntry> Entries) : NdmEntry(Name, Obligation)
{
    private FrozenDictionary<string, int>? _index;

    public bool IsRepeatable { get; init; }

    /// <summary>Its keywords may stand in any order.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>In KVN it stands between NAME_START and NAME_STOP; null where nothing marks it.</summary>
    public string? KvnName { get; init; }

    /// <summary>In KVN all blocks of its kind stand together between NAME_START and NAME_STOP.</summary>
    public string? KvnGroup { get; init; }

    public NdmRowStyle Rows { get; init; }

    /// <summary>Name of its rows; empty where each has its own.</summary>
    public string RowName { get; init; } = "";

    /// <summary>The keywords of a row of style <see cref="NdmRowStyle.Observation"/> or <see cref="NdmRowStyle.StateVector"/>, or the entries of a triangle.</summary>
    public ImmutableArray<NdmKeyword> RowKeywords { get; init; } = [];

    /// <summary>It takes USER_DEFINED_name.</summary>
    public bool TakesUserDefined { get; init; }

    /// <summary>What is wrong in it costs it alone, not what is around it.</summary>
    internal bool IsUnit { get; init; }

    internal NdmBlock? Parent { get; private set; }

    /// <summary>Place of an entry in the standard's order; -1 where the block has none of that name.</summary>
    internal int IndexOf(ReadOnlySpan<char> name) => Index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int index) ? index : -1;

    internal NdmKeyword? Keyword(ReadOnlySpan<char> name) => IndexOf(name) is var index and >= 0 ? Entries[index] as NdmKeyword : null;

    internal NdmBlock? Block(string name) => IndexOf(name) is var index and >= 0 ? Entries[index] as NdmBlock : null;

    internal NdmKeyword? RowKeyword(ReadOnlySpan<char> name)
    {
        foreach (var keyword in RowKeywords)
            if (name.SequenceEqual(keyword.Name)) return keyword;
        return null;
    }

    internal void Adopt(NdmBlock? parent)
    {
        Parent = parent;
        foreach (var entry in Entries) (entry as NdmBlock)?.Adopt(this);
    }

    private FrozenDictionary<string, int> Index => _index ??= Entries.Select((entry, index) => (entry.Name, index)).ToFrozenDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
}

/// <summary>A kind of message: its names, versions and blocks.</summary>
/// <param name="Name">Of its element in XML: opm.</param>
/// <param name="Title">For people.</param>
/// <param name="Standard">Where it is defined.</param>
/// <param name="Versions">That are read and written, oldest first.</param>
/// <param name="Root">Holds the blocks: header, segment and so on.</param>
public sealed record NdmMessage(string Name, string Title, string Standard, ImmutableArray<string> Versions, NdmBlock Root)
{
    private readonly FrozenDictionary<string, NdmBlock> _homes = Homes(Root);

    /// <summary>The keyword of its version: CCSDS_OPM_VERS.</summary>
    public string VersionKeyword { get; } = $"CCSDS_{Name.ToUpperInvariant()}_VERS";

    /// <summary>It may be of any length, and is checked and given part by part; otherwise it is kept whole or refused whole.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Versions that are drafts: their order is not checked.</summary>
    public ImmutableArray<string> Drafts { get; init; } = [];

    /// <summary>The block in which a keyword stands that needs no marks around it; null where there is none.</summary>
    internal NdmBlock? Home(ReadOnlySpan<char> keyword) => _homes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(keyword, out var block) ? block : null;

    /// <summary>The block for USER_DEFINED_name; null where it takes none.</summary>
    internal NdmBlock? UserDefined { get; } = Blocks(Root).FirstOrDefault(block => block.TakesUserDefined);

    /// <summary>The block that stands between name_START and name_STOP, or the kind of block that does in a group.</summary>
    internal NdmBlock? Marked(ReadOnlySpan<char> name)
    {
        foreach (var block in AllBlocks)
            if ((block.KvnName is { } own && name.SequenceEqual(own)) || (block.KvnGroup is { } group && name.SequenceEqual(group))) return block;
        return null;
    }

    internal ImmutableArray<NdmBlock> AllBlocks { get; } = [.. Blocks(Root)];

    private static FrozenDictionary<string, NdmBlock> Homes(NdmBlock root)
    {
        root.Adopt(null);
        var homes = new Dictionary<string, NdmBlock>(StringComparer.Ordinal);
        foreach (var block in Blocks(root))
            if (block is { KvnName: null, KvnGroup: null })
                foreach (var entry in block.Entries)
                    if (entry is NdmKeyword) homes.TryAdd(entry.Name, block);
        return homes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<NdmBlock> Blocks(NdmBlock block) => block.Entries.OfType<NdmBlock>().SelectMany(Blocks).Prepend(block);
}
