using SsaShare.Tests;

namespace SsaShare.Accuracy;

/// <summary>A printed line and the test that printed it.</summary>
/// <param name="Folder">Where the test stands: its project without SsaShare and Tests, and its folder, Orbits/Earth.</param>
/// <param name="Test">The name of its class.</param>
/// <param name="Text">All behind the word, for a line that is not of six parts.</param>
/// <param name="Line">Null for such a line.</param>
internal sealed record Measurement(string Folder, string Test, string Text, MeasuredLine? Line);
