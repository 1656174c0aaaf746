namespace SsaShare.Signing.Tests;

/// <summary>The nightly run looks at twenty times as many damaged inputs: SSA_NIGHTLY=1.</summary>
internal static class Nightly
{
    public static int Inputs { get; } = Environment.GetEnvironmentVariable("SSA_NIGHTLY") == "1" ? 1_000_000 : 50_000;
}
