namespace SsaShare.Formats;

/// <summary>What is wrong with an event, for a <see cref="ReadIssue"/>.</summary>
/// <param name="IsForbidden">The standard forbids it, yet it has one meaning only: it passes in lenient mode, with a notice.</param>
internal readonly record struct NdmFault(string Field, string Value, string Reason, string Remedy, bool IsForbidden = false);
