namespace SsaShare.Fusion;

/// <summary>Names one orbit by its content: SHA-256 over all that was told of it but the figures themselves, which the ids of its records stand for.</summary>
public readonly record struct OrbitSourceId(UInt128 High, UInt128 Low)
{
    /// <summary>Any order, always the same.</summary>
    internal static int Compare(OrbitSourceId a, OrbitSourceId b) => a.High != b.High ? a.High.CompareTo(b.High) : a.Low.CompareTo(b.Low);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";
}

/// <summary>Names one event, for one reader, by what this reader may see of it: the same as long as its sources follow each other and the time of closest approach stays near.</summary>
public readonly record struct ConjunctionEventId(UInt128 High, UInt128 Low)
{
    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";
}
