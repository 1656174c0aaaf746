namespace SsaShare.Transparency.Tests;

/// <summary>How many foreign inputs each fuzz test tries: by default for the everyday run; far more when ./ssa test --nightly asks for it.</summary>
internal static class Nightly
{
    public static int FuzzInputs { get; } = int.TryParse(Environment.GetEnvironmentVariable("SSA_FUZZ_INPUTS"), out int inputs) ? inputs
        : Environment.GetEnvironmentVariable("SSA_NIGHTLY") == "1" ? 1_000_000 : 50_000;
}
