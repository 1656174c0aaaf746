namespace SsaShare.Formats;

/// <summary>What a field of a laser ranging record holds.</summary>
public enum LaserFieldKind
{
    /// <summary>One word.</summary>
    Text = 1,
    WholeNumber = 2,
    /// <summary>A decimal number.</summary>
    Number = 3,
    /// <summary>The rest of the line.</summary>
    Line = 4,
}

/// <summary>One field of a laser ranging record.</summary>
/// <param name="Name">With its unit.</param>
public sealed record LaserField(string Name, LaserFieldKind Kind)
{
    /// <summary>The version of the format that has it first, 1 or 2.</summary>
    public int Since { get; init; } = 1;

    /// <summary>May be missing at the end of a record.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Has to be a number; otherwise "na" stands for one that the station does not know.</summary>
    public bool IsNeeded { get; init; }

    public double Min { get; init; } = double.NegativeInfinity;

    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Columns it has in version 1, where headers have fixed ones; 0 elsewhere.</summary>
    public int Width { get; init; }
}
