using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>What an update did and what it cost.</summary>
/// <param name="Added">Sources that are new, or were set aside and are no longer.</param>
/// <param name="Removed">Sources that are gone.</param>
/// <param name="BlocksNew">Blocks of time that were screened whole.</param>
/// <param name="BlocksAgain">Blocks in which only what changed was screened.</param>
/// <param name="Screened">Sources screened, summed over blocks: all of a new block, the changed ones of another.</param>
/// <param name="PairsExamined">With the models themselves.</param>
/// <param name="Assessed">Probabilities computed.</param>
/// <param name="SetAside">Not screened at all, each with its reason; the rest was. In <see cref="VisibleSources"/> such a source still counts as the newest of its line: leave one that <see cref="SourceIssue.IsLasting"/> out there, and the one before it is screened again.</param>
public sealed record BoardUpdate(Epoch Now, int Added, int Removed, int BlocksNew, int BlocksAgain, long Screened, long PairsExamined, int Assessed, IReadOnlyList<SourceIssue> SetAside);
