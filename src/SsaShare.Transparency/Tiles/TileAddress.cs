namespace SsaShare.Transparency;

/// <summary>What the path of a tile or a bundle names.</summary>
/// <param name="Level">Tile level, 0 to 7; null for a bundle of entries.</param>
/// <param name="Index">From 0, within the level.</param>
/// <param name="Width">Hashes or entries in it, 1 to 256.</param>
public readonly record struct TileAddress(int? Level, long Index, int Width)
{
    private const int TileHeight = 8;

    public bool IsEntries => Level is null;

    public bool IsFull => Width == TilePath.FullWidth;

    /// <summary>Leaves up to the last one under it: a tree has it that has at least so many. More than any tree has for some addresses.</summary>
    public Int128 End => ((Int128)Index * TilePath.FullWidth + Width) << (TileHeight * (Level ?? 0));

    /// <summary>Its path.</summary>
    public override string ToString() => Level is { } level ? TilePath.Hashes(level, Index, Width) : TilePath.Entries(Index, Width);
}
