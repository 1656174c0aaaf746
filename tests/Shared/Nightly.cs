namespace SsaShare.Tests;

/// <summary>How long the tests search: by default for the everyday run; far longer when ./ssa test --nightly asks for it.</summary>
internal static class Nightly
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("SSA_NIGHTLY") == "1";

    /// <summary>Inputs of a fuzz test. SSA_FUZZ_INPUTS asks for another number.</summary>
    public static int FuzzInputs { get; } = int.TryParse(Environment.GetEnvironmentVariable("SSA_FUZZ_INPUTS"), out int inputs) ? inputs : IsAsked ? 1_000_000 : 50_000;

    /// <summary>Cases of each property.</summary>
    public static int PropertyCases { get; } = IsAsked ? 5_000 : 250;
}
