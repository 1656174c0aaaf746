namespace SsaShare.Tests;

/// <summary>What a measured figure should reach, in the figure's unit.</summary>
internal readonly record struct Aim(bool IsUpper, double Limit)
{
    public static Aim AtMost(double limit) => new(true, limit);

    public static Aim AtLeast(double limit) => new(false, limit);

    /// <summary>Never by what is not a number.</summary>
    public bool IsMetBy(double value) => IsUpper ? value <= Limit : value >= Limit;
}
