using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>The blocks of time of a window. Where they begin does not depend on the window, and each is screened by itself: so is what is found in it.</summary>
internal readonly record struct BlockGrid(BoardOptions Options, Epoch Now)
{
    /// <summary>Each block is screened with this much on both sides, so that nothing is lost where two meet, and slow passages are seen whole.</summary>
    private const double MarginS = 600;

    /// <summary>Two times of one pair nearer than this, found from both sides of the border of blocks, are one approach.</summary>
    public const long SameNs = 50_000_000;

    private long LengthNs => Options.Block.Ticks * 100;

    public Epoch Until => Now.Plus(Options.Ahead);

    public long First => FloorDivide(Now.NanosecondsSinceJ2000);

    public long Last => FloorDivide(Until.NanosecondsSinceJ2000 - 1);

    public Epoch StartOf(long block) => new(checked(block * LengthNs));

    public Epoch EndOf(long block) => StartOf(block + 1);

    public ScreeningOptions ToScreen(long block)
        => new(StartOf(block).PlusSeconds(-MarginS), EndOf(block).PlusSeconds(MarginS), Options.Volume) { Threads = Options.Threads };

    /// <summary>Whether an approach found in a block is the block's own, or so near to its border that the neighbour may have it on the other side.</summary>
    public bool Owns(long block, Epoch tca) => tca.NanosecondsSinceJ2000 >= StartOf(block).NanosecondsSinceJ2000 - SameNs && tca.NanosecondsSinceJ2000 < EndOf(block).NanosecondsSinceJ2000 + SameNs;

    public bool Touches(long block, CloseApproach stay) => stay.InsideTo >= StartOf(block) && stay.InsideFrom < EndOf(block);

    private long FloorDivide(long ns) => (ns - ((ns % LengthNs) + LengthNs) % LengthNs) / LengthNs;
}
