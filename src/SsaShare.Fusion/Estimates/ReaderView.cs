namespace SsaShare.Fusion;

/// <summary>What one reader may see: a decision on every single contribution.</summary>
/// <param name="MaySee">Whether a contribution may take part in an answer to this reader. Called often: it should be quick.</param>
public sealed record ReaderView(Func<ContributedObservation, bool> MaySee)
{
    /// <summary>Sees everything: for the operator's own use and for tests, never for a partner.</summary>
    public static ReaderView Everything { get; } = new(_ => true);

    /// <summary>The same, narrowed to what one partner contributed.</summary>
    public ReaderView Only(Domain.PartnerId originator) => new(c => c.Originator == originator && MaySee(c));
}
