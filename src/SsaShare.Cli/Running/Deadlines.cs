namespace SsaShare.Cli;

/// <summary>How long the program waits for an answer that needs no work.</summary>
internal static class Deadlines
{
    public static DateTime Soon => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(10);
}
