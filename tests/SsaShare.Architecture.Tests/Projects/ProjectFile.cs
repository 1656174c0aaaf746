using System.Xml.Linq;

namespace SsaShare.Architecture.Tests.Projects;

/// <summary>What a project file says about the project's neighbours.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    private ProjectFile(string path)
    {
        Path = path;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        _xml = XDocument.Parse(Repository.Read(path));
    }

    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => new ProjectFile(file))];

    public static ProjectFile Load(string name) => All.Single(project => project.Name == name);

    public string Path { get; }
    public string Name { get; }

    /// <summary>The projects it refers to directly.</summary>
    public IEnumerable<string> References => Included("ProjectReference").Select(System.IO.Path.GetFileNameWithoutExtension)!;

    /// <summary>The packages it takes directly in the default build: those behind a condition on another runtime are left out.</summary>
    public IEnumerable<string> Packages
        => Items("PackageReference").Where(item => !OnlyWithPackagedGrpc(item)).Select(Include);

    public IEnumerable<string> FrameworkReferences => Included("FrameworkReference");

    public IEnumerable<XElement> Items(string kind) => _xml.Descendants(kind);

    public bool Sets(string property) => _xml.Descendants(property).Any();

    private IEnumerable<string> Included(string kind) => Items(kind).Select(Include);

    private static string Include(XElement item) => item.Attribute("Include")!.Value.Replace('\\', '/');

    private static bool OnlyWithPackagedGrpc(XElement item)
        => item.AncestorsAndSelf().Any(at => at.Attribute("Condition")?.Value == "'$(GrpcRuntime)' == 'packages'");
}
